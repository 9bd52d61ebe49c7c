package io.venule.simulator;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** A key pair with the certificate that the fleet CA issued for it, and the issuer's certificate. */
public record Identity(KeyPair keys, X509Certificate certificate, X509Certificate issuer) {
    /** What is kept is used again only while it holds at least this long: a demo that keeps its data goes on for days. */
    private static final Duration SPARE = Duration.ofDays(30);

    /** Key and certificate as lines of PEM text, as {@link #of} reads them. */
    List<String> lines() {
        return Stream.concat(privateKeyPem().lines(), certificatePem().lines()).toList();
    }

    /** Reads back what {@link #lines} gave; {@code issuer} issued it, or is empty for one that issued itself. */
    static Identity of(List<String> lines, List<X509Certificate> issuer) {
        try (var pem = new PEMParser(new StringReader(String.join("\n", lines)))) {
            if (pem.readObject() instanceof PrivateKeyInfo key
                    && pem.readObject() instanceof X509CertificateHolder holder) {
                var certificate = new JcaX509CertificateConverter().getCertificate(holder);
                var pair = new KeyPair(certificate.getPublicKey(), new JcaPEMKeyConverter().getPrivateKey(key));
                return new Identity(pair, certificate, issuer.isEmpty() ? certificate : issuer.getFirst());
            }
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException("kept key or certificate not readable", e);
        }
        throw new IllegalStateException("not a key and its certificate");
    }

    /** Whether the certificate holds now and for the next 30 days. */
    boolean lasts(Instant now) {
        return !certificate.getNotBefore().toInstant().isAfter(now)
                && certificate.getNotAfter().toInstant().isAfter(now.plus(SPARE));
    }

    /** The private key as an unencrypted PKCS #8 PEM text. */
    public String privateKeyPem() {
        return pem(keys.getPrivate());
    }

    public String certificatePem() {
        return pem(certificate);
    }

    public String issuerPem() {
        return pem(issuer);
    }

    static String pem(Object value) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            if (value instanceof java.security.PrivateKey key) {
                writer.writeObject(new org.bouncycastle.openssl.jcajce.JcaPKCS8Generator(key, null));
            } else {
                writer.writeObject(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
