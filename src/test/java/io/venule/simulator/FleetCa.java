package io.venule.simulator;

import io.venule.pki.FleetAuthority;
import io.venule.pki.FleetAuthority.Lifetime;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * A certificate authority for one fleet of tests and demos, on the product's own {@link FleetAuthority}: it also makes the keys of those that it issues for.
 * RSA 2048, which is quicker. Keys live in memory, or in a folder where {@link #keptIn} finds them again; revocations live in memory only.
 */
public final class FleetCa {
    private static final String KEPT = "fleet-ca";
    private static final int KEY_BITS = 2048;
    private static final Duration LIFETIME = Duration.ofDays(398);

    private final SecureRandom random;
    private final Instant made;
    private final KeyPair keys;
    private final FleetAuthority authority;
    private final Set<BigInteger> revoked = new ConcurrentSkipListSet<>();
    private final AtomicInteger lists = new AtomicInteger();

    private FleetCa(KeyPair keys, FleetAuthority authority, Instant now, SecureRandom random) {
        this.random = random;
        this.made = now;
        this.keys = keys;
        this.authority = authority;
    }

    /** Makes a CA whose certificates hold from an hour before {@code now} for 398 days. */
    public static FleetCa create(String name, Instant now, SecureRandom random) {
        var keys = newKeys(random);
        return new FleetCa(
                keys, sound(() -> FleetAuthority.create(name, keys, Lifetime.of(now, LIFETIME), random)), now, random);
    }

    /** The CA whose key and certificate are in the folder; made and put there when there is none or its time is nearly up. */
    public static FleetCa keptIn(Path folder, String name, Instant now, SecureRandom random) {
        var memory = PumpMemory.inFolder(folder);
        var lines = memory.lines(KEPT);
        if (!lines.isEmpty()) {
            var own = Identity.of(lines, List.of());
            if (own.lasts(now)) {
                var authority = sound(() -> FleetAuthority.of(own.keys(), own.certificate(), random));
                return new FleetCa(own.keys(), authority, now, random);
            }
        }
        var made = create(name, now, random);
        memory.replace(KEPT, new Identity(made.keys, made.certificate(), made.certificate()).lines());
        return made;
    }

    /** Whether this CA issued the identity and it lasts. */
    boolean vouchesFor(Identity identity, Instant now) {
        try {
            identity.certificate().verify(keys.getPublic());
            return identity.lasts(now);
        } catch (GeneralSecurityException anotherIssuer) {
            return false;
        }
    }

    public X509Certificate certificate() {
        return authority.certificate();
    }

    public String certificatePem() {
        return Identity.pem(certificate());
    }

    /** An application certificate for a pump or the server: URI and loopback names in the alternative names. */
    public Identity issueApplication(String commonName, String applicationUri) {
        return issueApplication(commonName, applicationUri, lastDay());
    }

    /** As {@link #issueApplication(String, String)}, but ending at {@code notAfter}, which may lie in the past. */
    public Identity issueApplication(String commonName, String applicationUri, Instant notAfter) {
        return issue(
                commonName,
                notAfter,
                new GeneralName(GeneralName.uniformResourceIdentifier, applicationUri),
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    }

    /** As {@link #issueApplication(String, String)}, but for another host than this one. */
    public Identity issueElsewhere(String commonName, String applicationUri, String host) {
        return issue(
                commonName,
                lastDay(),
                new GeneralName(GeneralName.uniformResourceIdentifier, applicationUri),
                new GeneralName(GeneralName.dNSName, host));
    }

    private Identity issue(String commonName, Instant notAfter, GeneralName... alternatives) {
        var names = new GeneralNames(alternatives);
        var pair = newKeys(random);
        return identity(pair, sound(() -> authority.application(commonName, pair.getPublic(), names, until(notAfter))));
    }

    /** A user certificate: what the server identifies itself with inside a session. */
    public Identity issueUser(String commonName) {
        var pair = newKeys(random);
        return identity(pair, sound(() -> authority.user(commonName, pair.getPublic(), until(lastDay()))));
    }

    /** Revokes a certificate; it stands in every list made from now on. */
    public void revoke(X509Certificate leaf) {
        revoked.add(leaf.getSerialNumber());
    }

    /** The signed revocation list as of now, valid for 30 days from when the CA was made. */
    public X509CRL revocationList() {
        return revocationList(made.plus(Duration.ofDays(30)));
    }

    private X509CRL revocationList(Instant until) {
        var lifetime = new Lifetime(made.minusSeconds(3_600), until);
        return sound(() -> authority.revoked(revoked, BigInteger.valueOf(lists.incrementAndGet()), lifetime));
    }

    public String revocationListPem() {
        return Identity.pem(revocationList());
    }

    /** The list as it is good until this time. */
    public String revocationListPem(Instant until) {
        return Identity.pem(revocationList(until));
    }

    /** Nothing outlives the CA that vouches for it. */
    private Instant lastDay() {
        return certificate().getNotAfter().toInstant();
    }

    private Lifetime until(Instant notAfter) {
        return new Lifetime(notAfter.isBefore(made) ? notAfter.minus(LIFETIME) : made.minusSeconds(3_600), notAfter);
    }

    private Identity identity(KeyPair pair, X509Certificate leaf) {
        return new Identity(pair, leaf, certificate());
    }

    private static KeyPair newKeys(SecureRandom random) {
        return sound(() -> {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS, random);
            return generator.generateKeyPair();
        });
    }

    @FunctionalInterface
    private interface Issue<T> {
        T make() throws GeneralSecurityException;
    }

    private static <T> T sound(Issue<T> issue) {
        try {
            return issue.make();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("certificate not made", e);
        }
    }
}
