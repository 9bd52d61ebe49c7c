package io.venule.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
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
 * Issues the OPC UA certificates of one fleet, of pumps and of the server, and the list of those that are revoked: RSA, SHA-256, one level, as OPC 10000-6, 6.2
 * wants them. What a certificate is good for is said here, never taken from a request. Holds the authority's key in memory only.
 */
public final class FleetAuthority {
    /** How long the authority lives, and at most what it issues. */
    public static final Duration LIFETIME = Duration.ofDays(10 * 365L);

    private static final int KEY_BITS = 3072;
    private static final String SIGNATURE = "SHA256withRSA";
    private static final int SERIAL_BITS = 120;
    private static final Duration CLOCK_ALLOWANCE = Duration.ofHours(1);
    private static final int DIGITAL = KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
    private static final int APPLICATION = DIGITAL | KeyUsage.keyEncipherment | KeyUsage.dataEncipherment;

    private final KeyPair keys;
    private final X509Certificate certificate;
    private final SecureRandom random;

    private FleetAuthority(KeyPair keys, X509Certificate certificate, SecureRandom random) {
        this.keys = keys;
        this.certificate = certificate;
        this.random = random;
    }

    /** From when to when something holds. */
    public record Lifetime(Instant from, Instant until) {
        /** From an hour ago, for clocks that are behind. */
        public static Lifetime of(Instant now, Duration time) {
            return new Lifetime(now.minus(CLOCK_ALLOWANCE), now.plus(time));
        }
    }

    /** Makes a new authority. */
    public static FleetAuthority create(String name, Lifetime lifetime, SecureRandom random)
            throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS, random);
        return create(name, generator.generateKeyPair(), lifetime, random);
    }

    /** Makes a new authority with this key. */
    public static FleetAuthority create(String name, KeyPair keys, Lifetime lifetime, SecureRandom random)
            throws GeneralSecurityException {
        var subject = new X500Name("CN=" + name);
        var builder = new JcaX509v3CertificateBuilder(
                subject,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                Date.from(lifetime.from()),
                Date.from(lifetime.until()),
                subject,
                keys.getPublic());
        try {
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(DIGITAL | KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new FleetAuthority(keys, signed(builder, keys), random);
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** An authority that was made before; throws where key and certificate do not belong together. */
    public static FleetAuthority of(KeyPair keys, X509Certificate certificate, SecureRandom random)
            throws GeneralSecurityException {
        certificate.verify(keys.getPublic());
        if (!certificate.getPublicKey().equals(keys.getPublic()) || certificate.getBasicConstraints() < 0) {
            throw new GeneralSecurityException("not the certificate of this authority");
        }
        return new FleetAuthority(keys, certificate, random);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    KeyPair keys() {
        return keys;
    }

    /** An application certificate, for a pump or the server, under these names. */
    public X509Certificate application(String commonName, PublicKey key, GeneralNames names, Lifetime lifetime)
            throws GeneralSecurityException {
        var both =
                new ExtendedKeyUsage(new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
        return leaf(
                commonName,
                key,
                lifetime,
                new Extra(Extension.keyUsage, true, new KeyUsage(APPLICATION)),
                new Extra(Extension.extendedKeyUsage, false, both),
                new Extra(Extension.subjectAlternativeName, false, names));
    }

    /** A user certificate: what the server says inside a session that it is. */
    public X509Certificate user(String commonName, PublicKey key, Lifetime lifetime) throws GeneralSecurityException {
        return leaf(
                commonName,
                key,
                lifetime,
                new Extra(Extension.keyUsage, true, new KeyUsage(DIGITAL)),
                new Extra(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)));
    }

    /** The signed list of all that are revoked; {@code number} counts the lists. */
    public X509CRL revoked(Collection<BigInteger> serials, BigInteger number, Lifetime lifetime)
            throws GeneralSecurityException {
        try {
            var builder = new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), Date.from(lifetime.from()));
            builder.setNextUpdate(Date.from(lifetime.until()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
            serials.forEach(
                    serial -> builder.addCRLEntry(serial, Date.from(lifetime.from()), CRLReason.privilegeWithdrawn));
            return new JcaX509CRLConverter()
                    .getCRL(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate())));
        } catch (OperatorCreationException | IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private record Extra(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {}

    private X509Certificate leaf(String commonName, PublicKey key, Lifetime lifetime, Extra... extras)
            throws GeneralSecurityException {
        var builder = new JcaX509v3CertificateBuilder(
                certificate,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                Date.from(lifetime.from()),
                Date.from(lifetime.until()),
                new X500Name("CN=" + commonName),
                key);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            for (var extra : extras) {
                builder.addExtension(extra.id(), extra.critical(), extra.value());
            }
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
        return signed(builder, keys);
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair keys)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
