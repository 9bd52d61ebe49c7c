package io.venule.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rules about compiled classes. Each is a function from classes to complaints, one per line; none means the rule holds. */
public final class Rules {
    private static final List<String> BANNED_ENDINGS = List.of("Impl", "Manager", "Util", "Utils", "Helper", "Dto");
    private static final Set<String> RANDOM = Set.of(
            "java.util.Random",
            "java.security.SecureRandom",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom");
    private static final Set<String> BINARY_FLOATING_POINT =
            Set.of("double", "float", "java.lang.Double", "java.lang.Float");

    /** What Quarkus fires about a request, with the request in it. */
    private static final String SECURITY_EVENT = "io.quarkus.security.spi.runtime.SecurityEvent";

    private final PackageTable table;

    public Rules(PackageTable table) {
        this.table = table;
    }

    /** Packages that the table does not know. */
    public List<String> unknownPackages(JavaClasses classes) {
        return complaints(ours(classes)
                .filter(type -> !table.packageOf(type).isEmpty())
                .filter(type -> !table.names().contains(table.packageOf(type)))
                .map(type -> type.getPackageName() + " is not in the package table"));
    }

    /** Uses of one of our packages by another that the table does not allow; the root may use all and is used by none. */
    public List<String> forbiddenUses(JavaClasses classes) {
        return complaints(dependencies(classes).filter(this::isForbidden).map(Rules::describe));
    }

    private boolean isForbidden(Dependency dependency) {
        var target = dependency.getTargetClass().getBaseComponentType();
        var from = table.packageOf(dependency.getOriginClass());
        if (!isBelowVenule(target) || from.isEmpty()) {
            return false;
        }
        if (!table.isOurs(target)) {
            return true;
        }
        var to = table.packageOf(target);
        return !to.equals(from)
                && !(table.names().contains(from) && table.uses(from).contains(to));
    }

    /** Anything foreign in a domain package but the JDK and JSpecify, for signing also its two libraries. */
    public List<String> impurities(JavaClasses classes) {
        return complaints(dependencies(classes)
                .filter(dependency -> table.isDomain(table.packageOf(dependency.getOriginClass())))
                .filter(dependency -> !isBelowVenule(dependency.getTargetClass().getBaseComponentType()))
                .filter(dependency ->
                        !table.mayTouch(table.packageOf(dependency.getOriginClass()), dependency.getTargetClass()))
                .map(Rules::describe));
    }

    /** A technology touched by a package that does not own it. */
    public List<String> strayTechnology(JavaClasses classes) {
        return complaints(dependencies(classes)
                .filter(dependency ->
                        !table.packageOf(dependency.getOriginClass()).isEmpty())
                .filter(dependency -> {
                    var owners = table.ownersOf(dependency.getTargetClass());
                    return !owners.isEmpty() && !owners.contains(table.packageOf(dependency.getOriginClass()));
                })
                .map(Rules::describe));
    }

    /** The time of day and randomness made outside the root; a command's main class makes its own. */
    public List<String> ownClocksAndDice(JavaClasses classes) {
        return complaints(ours(classes)
                .filter(type -> !table.packageOf(type).isEmpty() && !hasMain(type))
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> readsClockOrRollsDice(access) || drawsName(access))
                .map(JavaAccess::getDescription));
    }

    private static boolean readsClockOrRollsDice(JavaAccess<?> access) {
        var owner = access.getTargetOwner().getName();
        var name = access.getTarget().getName();
        var withoutArguments = access.getTarget().getFullName().endsWith("()");
        return (owner.startsWith("java.time.") && name.equals("now") && withoutArguments)
                || (owner.equals("java.time.InstantSource") && name.equals("system"))
                || (owner.equals("java.time.Clock") && name.startsWith("system"))
                || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
                || (owner.equals("java.util.Date") && name.equals("<init>") && withoutArguments)
                || (owner.equals("java.lang.Math") && name.equals("random"))
                || (RANDOM.contains(owner) && Set.of("<init>", "current").contains(name));
    }

    /** An edge may draw a name for a message; in a domain package it would be a result that no test can repeat. */
    private boolean drawsName(JavaAccess<?> access) {
        return access.getTargetOwner().getName().equals("java.util.UUID")
                && access.getTarget().getName().equals("randomUUID")
                && table.isDomain(table.packageOf(access.getOriginOwner()));
    }

    /** Binary floating point in a domain package's fields, parameters or results. */
    public List<String> floatingPoint(JavaClasses classes) {
        Predicate<JavaClass> floating = type ->
                BINARY_FLOATING_POINT.contains(type.getBaseComponentType().getName());
        var domain = ours(classes)
                .filter(type -> table.isDomain(table.packageOf(type)))
                .toList();
        var fields = domain.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> floating.test(field.getRawType()))
                .map(JavaField::getFullName);
        var units = domain.stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> floating.test(unit.getRawReturnType())
                        || unit.getRawParameterTypes().stream().anyMatch(floating))
                .map(JavaCodeUnit::getFullName);
        return complaints(Stream.concat(fields, units));
    }

    /** Names that say nothing. */
    public List<String> emptyNames(JavaClasses classes) {
        return complaints(ours(classes)
                .filter(type -> type.getSimpleName().startsWith("Abstract")
                        || BANNED_ENDINGS.stream().anyMatch(type.getSimpleName()::endsWith))
                .map(JavaClass::getName));
    }

    /** Injection in any form but the constructor: fields, setters, and the annotation itself, which one constructor does not need. */
    public List<String> injections(JavaClasses classes) {
        return complaints(ours(classes)
                .flatMap(type -> type.getMembers().stream())
                .filter(member -> member.isAnnotatedWith("jakarta.inject.Inject")
                        || (member instanceof JavaField
                                && member.isAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")))
                .map(member -> member.getFullName() + " is injected"));
    }

    /** An event that carries a request, observed on a thread that is not the request's: two threads reading one find it half read. */
    public List<String> requestsReadAside(JavaClasses classes) {
        return complaints(ours(classes)
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getParameters().stream()
                        .anyMatch(parameter -> parameter.isAnnotatedWith("jakarta.enterprise.event.ObservesAsync")
                                && parameter.getRawType().isAssignableTo(SECURITY_EVENT)))
                .map(method -> method.getFullName() + " reads a request beside its own thread"));
    }

    /** Printing to the console by anything but a command's main class. */
    public List<String> consoleOutput(JavaClasses classes) {
        return complaints(ours(classes)
                .filter(type -> !hasMain(type))
                .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(System.class)
                        && Set.of("out", "err").contains(access.getTarget().getName()))
                .map(JavaAccess::getDescription));
    }

    /** Evidence that more than its own package can make. Source: DESIGN.md, "Proof by type". */
    public List<String> openEvidence(JavaClasses classes, Set<String> evidence) {
        return complaints(ours(classes)
                .filter(type -> evidence.contains(type.getSimpleName()))
                .flatMap(type -> type.getConstructors().stream())
                .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC)
                        || constructor.getModifiers().contains(JavaModifier.PROTECTED))
                .map(constructor -> constructor.getFullName() + " can be called from outside"));
    }

    private static boolean hasMain(JavaClass type) {
        return type.getMethods().stream()
                .anyMatch(method -> method.getName().equals("main")
                        && method.getModifiers().contains(JavaModifier.STATIC)
                        && method.getRawReturnType().getName().equals("void"));
    }

    private static boolean isBelowVenule(JavaClass type) {
        return type.getPackageName().equals(PackageTable.VENULE)
                || type.getPackageName().startsWith(PackageTable.VENULE + ".");
    }

    private Stream<JavaClass> ours(JavaClasses classes) {
        return classes.stream().filter(table::isOurs);
    }

    private Stream<Dependency> dependencies(JavaClasses classes) {
        return ours(classes).flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    private static String describe(Dependency dependency) {
        return dependency.getDescription();
    }

    private static List<String> complaints(Stream<String> found) {
        return List.copyOf(found.collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
    }
}
