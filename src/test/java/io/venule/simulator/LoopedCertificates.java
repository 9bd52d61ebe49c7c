package io.venule.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Two certificates, each issued by the other: whoever follows issuers upwards without counting never arrives. */
public final class LoopedCertificates {
    private static final X500Name ONE = new X500Name("CN=One");
    private static final X500Name OTHER = new X500Name("CN=Other");

    private LoopedCertificates() {}

    /** Both as they stand in a chain, one after the other. */
    public static byte[] made(Instant now) throws GeneralSecurityException, IOException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var one = generator.generateKeyPair();
        var other = generator.generateKeyPair();
        var chain = new ByteArrayOutputStream();
        try {
            chain.write(issued(ONE, one, OTHER, other.getPrivate(), now));
            chain.write(issued(OTHER, other, ONE, one.getPrivate(), now));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
        return chain.toByteArray();
    }

    private static byte[] issued(X500Name name, KeyPair keys, X500Name by, PrivateKey key, Instant now)
            throws IOException, OperatorCreationException {
        var builder = new JcaX509v3CertificateBuilder(
                by,
                BigInteger.TEN,
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                name,
                keys.getPublic());
        return builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(key))
                .getEncoded();
    }
}
