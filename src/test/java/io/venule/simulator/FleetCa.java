package io.venule.simulator;

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
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority for one fleet, made on the spot: it issues the OPC UA application certificates of pumps and of the
 * server, the server's user certificate, and the revocation list. RSA 2048, SHA-256. Keys live in memory, or in a folder
 * where {@link #keptIn} finds them again; revocations live in memory only.
 */
public final class FleetCa {
    private static final String KEPT = "fleet-ca";
    private static final int KEY_BITS = 2048;
    private static final Duration LIFETIME = Duration.ofDays(398);
    private static final int DIGITAL = KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
    private static final int APPLICATION = DIGITAL | KeyUsage.keyEncipherment | KeyUsage.dataEncipherment;

    private final SecureRandom random;
    private final Instant made;
    private final KeyPair keys;
    private final X509Certificate certificate;
    private final Set<BigInteger> revoked = new ConcurrentSkipListSet<>();

    private FleetCa(String name, Instant now, SecureRandom random) {
        this.random = random;
        this.made = now;
        this.keys = newKeys();
        this.certificate = selfSigned(name);
    }

    private FleetCa(Identity own, Instant now, SecureRandom random) {
        this.random = random;
        this.made = now;
        this.keys = own.keys();
        this.certificate = own.certificate();
    }

    /** Makes a CA whose certificates hold from an hour before {@code now} for 398 days. */
    public static FleetCa create(String name, Instant now, SecureRandom random) {
        return new FleetCa(name, now, random);
    }

    /** The CA whose key and certificate are in the folder; made and put there when there is none or its time is nearly up. */
    public static FleetCa keptIn(Path folder, String name, Instant now, SecureRandom random) {
        var memory = PumpMemory.inFolder(folder);
        var lines = memory.lines(KEPT);
        if (!lines.isEmpty()) {
            var own = Identity.of(lines, List.of());
            if (own.lasts(now)) {
                return new FleetCa(own, now, random);
            }
        }
        var made = create(name, now, random);
        memory.replace(KEPT, new Identity(made.keys, made.certificate, made.certificate).lines());
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
        return certificate;
    }

    public String certificatePem() {
        return Identity.pem(certificate);
    }

    /** An application certificate for a pump or the server: URI and loopback names in the alternative names. */
    public Identity issueApplication(String commonName, String applicationUri) {
        return issueApplication(commonName, applicationUri, lastDay());
    }

    /** As {@link #issueApplication(String, String)}, but ending at {@code notAfter}, which may lie in the past. */
    public Identity issueApplication(String commonName, String applicationUri, Instant notAfter) {
        var names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.uniformResourceIdentifier, applicationUri),
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
        var pair = newKeys();
        return identity(
                pair,
                sign(
                        leaf(commonName, pair, notAfter),
                        List.of(
                                new Ext(Extension.keyUsage, true, new KeyUsage(APPLICATION)),
                                new Ext(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                                })),
                                new Ext(Extension.subjectAlternativeName, false, names))));
    }

    /** A user certificate: what the server identifies itself with inside a session. */
    public Identity issueUser(String commonName) {
        var pair = newKeys();
        return identity(
                pair,
                sign(
                        leaf(commonName, pair, lastDay()),
                        List.of(
                                new Ext(Extension.keyUsage, true, new KeyUsage(DIGITAL)),
                                new Ext(
                                        Extension.extendedKeyUsage,
                                        false,
                                        new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)))));
    }

    /** Revokes a certificate; it stands in every list made from now on. */
    public void revoke(X509Certificate leaf) {
        revoked.add(leaf.getSerialNumber());
    }

    /** The signed revocation list as of now, valid for 30 days from when the CA was made. */
    public X509CRL revocationList() {
        try {
            var builder =
                    new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), Date.from(made.minusSeconds(3_600)));
            builder.setNextUpdate(Date.from(made.plus(Duration.ofDays(30))));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            revoked.forEach(serial -> builder.addCRLEntry(serial, Date.from(made), CRLReason.privilegeWithdrawn));
            return new JcaX509CRLConverter()
                    .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("revocation list not made", e);
        }
    }

    public String revocationListPem() {
        return Identity.pem(revocationList());
    }

    /** Nothing outlives the CA that vouches for it. */
    private Instant lastDay() {
        return certificate.getNotAfter().toInstant();
    }

    private Identity identity(KeyPair pair, X509Certificate leaf) {
        return new Identity(pair, leaf, certificate);
    }

    private KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no RSA in this JDK", e);
        }
    }

    private X509Certificate selfSigned(String name) {
        var subject = new X500Name("CN=" + name);
        var builder = new JcaX509v3CertificateBuilder(
                subject,
                serial(),
                Date.from(made.minusSeconds(3_600)),
                Date.from(made.plus(LIFETIME)),
                subject,
                keys.getPublic());
        try {
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("CA certificate not made", e);
        }
        return signed(
                builder,
                List.of(
                        new Ext(Extension.basicConstraints, true, new BasicConstraints(0)),
                        new Ext(
                                Extension.keyUsage,
                                true,
                                new KeyUsage(DIGITAL | KeyUsage.keyCertSign | KeyUsage.cRLSign))));
    }

    private X509v3CertificateBuilder leaf(String commonName, KeyPair pair, Instant notAfter) {
        var notBefore = notAfter.isBefore(made) ? notAfter.minus(LIFETIME) : made.minusSeconds(3_600);
        return new JcaX509v3CertificateBuilder(
                certificate,
                serial(),
                Date.from(notBefore),
                Date.from(notAfter),
                new X500Name("CN=" + commonName),
                pair.getPublic());
    }

    private X509Certificate sign(X509v3CertificateBuilder builder, List<Ext> extensions) {
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("certificate not made", e);
        }
        return signed(builder, extensions);
    }

    private X509Certificate signed(X509v3CertificateBuilder builder, List<Ext> extensions) {
        try {
            for (var extension : extensions) {
                builder.addExtension(extension.id(), extension.critical(), extension.value());
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("certificate not made", e);
        }
    }

    private BigInteger serial() {
        return new BigInteger(120, random).setBit(119);
    }

    private record Ext(
            org.bouncycastle.asn1.ASN1ObjectIdentifier id,
            boolean critical,
            org.bouncycastle.asn1.ASN1Encodable value) {}
}
