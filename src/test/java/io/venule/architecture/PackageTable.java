package io.venule.architecture;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packages below the root and what each may use: the one place where this is written as code. A package that is not in the table
 * is not allowed to exist; one that is need not exist yet. Kept equal to docs/decisions/0001-package-table.md by a test.
 *
 * @param root the package below which the table holds; fixtures have a root of their own
 */
public record PackageTable(String root) {
    public static final String VENULE = "io.venule";

    private static final Map<String, Set<String>> DOMAIN = Map.ofEntries(
            entry("quantity", Set.of()),
            entry("staff", Set.of()),
            entry("signing", Set.of()),
            entry("barcode", Set.of()),
            entry("audit", Set.of("signing", "staff")),
            entry("pump", Set.of("quantity")),
            entry("prescription", Set.of("quantity", "staff")),
            entry("druglibrary", Set.of("quantity")),
            entry("pairing", Set.of("barcode", "prescription", "druglibrary", "pump", "staff")),
            entry("dose", Set.of("pairing", "druglibrary", "prescription", "pump", "quantity")),
            entry(
                    "order",
                    Set.of(
                            "dose",
                            "pairing",
                            "pump",
                            "prescription",
                            "druglibrary",
                            "barcode",
                            "signing",
                            "audit",
                            "staff",
                            "quantity")),
            entry("release", Set.of("druglibrary", "signing", "audit", "staff", "quantity")));

    /** An empty set stands for "every domain package". */
    private static final Map<String, Set<String>> EDGES = Map.ofEntries(
            entry("opcua", Set.of("order", "pump", "signing", "quantity")),
            entry("store", Set.of()),
            entry("messaging", Set.of("audit", "order", "prescription", "pump", "quantity", "signing", "staff")),
            entry("symbol", Set.of("barcode")),
            entry("web", Set.of()),
            entry("pki", Set.of("signing")),
            entry("ehr", Set.of("prescription", "pump", "audit", "quantity", "staff")));

    /** Each technology and the one package that may touch it. */
    private static final Map<String, String> TECHNOLOGY = Map.ofEntries(
            entry("org.eclipse.milo.", "opcua"),
            entry("jakarta.persistence.", "store"),
            entry("org.hibernate.", "store"),
            entry("io.quarkus.hibernate.", "store"),
            entry("io.quarkus.panache.", "store"),
            entry("io.quarkus.narayana.", "store"),
            entry("jakarta.transaction.", "store"),
            entry("io.agroal.", "store"),
            entry("org.flywaydb.", "store"),
            entry("org.postgresql.", "store"),
            entry("java.sql.", "store"),
            entry("jakarta.jms.", "messaging"),
            entry("org.apache.activemq.", "messaging"),
            entry("com.google.zxing.", "symbol"),
            entry("org.apache.commons.csv.", "release"),
            entry("jakarta.ws.rs.", "web"),
            entry("io.quarkus.qute.", "web"),
            entry("io.quarkus.oidc.", "web"),
            entry("io.quarkus.security.", "web"),
            entry("io.quarkus.vertx.", "web"),
            entry("io.vertx.", "web"),
            entry("org.jboss.resteasy.", "web"),
            entry("com.fasterxml.jackson.databind.", "web"),
            entry("org.bouncycastle.", "signing"),
            entry("org.bouncycastle.asn1.", "pki"),
            entry("org.bouncycastle.cert.", "pki"),
            entry("org.bouncycastle.openssl.", "pki"),
            entry("org.bouncycastle.operator.", "pki"),
            entry("org.bouncycastle.pkcs.", "pki"));

    private static final Set<String> PURE = Set.of("java.", "javax.crypto.", "org.jspecify.");
    private static final Set<String> RELEASE_TOO = Set.of("org.apache.commons.csv.");
    private static final Set<String> SIGNING_TOO = Set.of("org.bouncycastle.", "com.fasterxml.jackson.core.");

    /** The table for the shipped classes. */
    public static PackageTable ofVenule() {
        return new PackageTable(VENULE);
    }

    /** All names in the table. */
    public Set<String> names() {
        return Stream.concat(DOMAIN.keySet().stream(), EDGES.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public boolean isDomain(String name) {
        return DOMAIN.containsKey(name);
    }

    public boolean isEdge(String name) {
        return EDGES.containsKey(name);
    }

    /** What the package may use; throws for one that is not in the table. */
    public Set<String> uses(String name) {
        if (DOMAIN.containsKey(name)) {
            return DOMAIN.get(name);
        }
        var uses = Optional.ofNullable(EDGES.get(name))
                .orElseThrow(() -> new IllegalArgumentException("not in the package table: " + name));
        return uses.isEmpty() ? DOMAIN.keySet() : uses;
    }

    /** Whether any domain package may be used, as it says in the document. */
    public boolean usesAllDomain(String name) {
        return isEdge(name) && EDGES.getOrDefault(name, Set.of("")).isEmpty();
    }

    /** The first name below the root; empty for the root itself. Throws for a class elsewhere. */
    public String packageOf(JavaClass type) {
        var full = type.getPackageName();
        if (!isOurs(full)) {
            throw new IllegalArgumentException("not below " + root + ": " + type.getName());
        }
        return full.equals(root) ? "" : full.substring(root.length() + 1).replaceFirst("\\..*", "");
    }

    public boolean isOurs(JavaClass type) {
        return isOurs(type.getPackageName());
    }

    private boolean isOurs(String packageName) {
        return packageName.equals(root) || packageName.startsWith(root + ".");
    }

    /** Whether a domain package may depend on this foreign type. */
    boolean mayTouch(String domain, JavaClass foreign) {
        var name = foreign.getBaseComponentType().getName();
        return startsWithAny(PURE, name)
                || foreign.getBaseComponentType().isPrimitive()
                || (domain.equals("release") && startsWithAny(RELEASE_TOO, name))
                || (domain.equals("signing") && startsWithAny(SIGNING_TOO, name));
    }

    /** The packages that own the technology of this foreign type; empty when nobody does. */
    List<String> ownersOf(JavaClass foreign) {
        var name = foreign.getBaseComponentType().getName();
        return TECHNOLOGY.entrySet().stream()
                .filter(technology -> name.startsWith(technology.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static boolean startsWithAny(Set<String> prefixes, String name) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
