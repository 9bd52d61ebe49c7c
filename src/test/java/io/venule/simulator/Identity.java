package io.venule.simulator;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** A key pair with the certificate that the fleet CA issued for it, and the issuer's certificate. */
public record Identity(KeyPair keys, X509Certificate certificate, X509Certificate issuer) {
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
