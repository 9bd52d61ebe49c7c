package io.venule.opcua;

import io.venule.pump.PumpCertificates;
import io.venule.simulator.FleetCa;
import io.venule.simulator.FleetPlan;
import io.venule.simulator.SimulatorFleet;
import io.venule.simulator.WardKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.util.DigestUtil;

/**
 * Openings of a secure channel that a simulated pump refuses, each for one reason, as chunks made by hand. Whoever tries must not learn from the answer, or from how long it takes, how near they are: an
 * answer that tells wrong padding from a wrong signature decrypts what others sent. Source: OPC 10000-6, 6.7.2; RFC 8017, 7.1.2; T-25.
 */
public final class RefusedHandshakes implements AutoCloseable {
    private static final byte[] POLICY =
            SecurityPolicy.Aes256_Sha256_RsaPss.getUri().getBytes(StandardCharsets.US_ASCII);
    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
    /** Two hashes and two bytes of each block are padding. */
    private static final int PADDING = 2 * 32 + 2;
    /** A request to open a channel takes so many. */
    private static final int BLOCKS = 3;

    private final SimulatorFleet fleet;
    private final URI pump;
    private final byte[] thumbprint;
    private final RSAPublicKey key;
    private final Map<Cause, X509Certificate> senders = new EnumMap<>(Cause.class);
    private final Random noise;

    /** What is wrong. */
    public enum Cause {
        /** A certificate that the pump trusts, and what it cannot decrypt. */
        PADDING,
        /** A certificate that the pump trusts, and what it can decrypt and nobody signed. */
        SIGNATURE,
        /** A certificate of another authority. */
        STRANGER,
        EXPIRED,
        REVOKED
    }

    /** From the last byte to the pump's end of the connection, and the code that it gave; 0 where it just hung up. */
    public record Refusal(double millis, long code) {}

    public RefusedHandshakes(long seed) throws GeneralSecurityException {
        var now = Instant.now();
        var random = new SecureRandom();
        var ca = FleetCa.create("Fleet CA", now, random);
        var stranger = FleetCa.create("Another CA", now, random);
        var uri = "urn:venule:test";
        var trusted = ca.issueApplication("venule", uri).certificate();
        var revoked = ca.issueApplication("venule", uri).certificate();
        ca.revoke(revoked);
        senders.put(Cause.PADDING, trusted);
        senders.put(Cause.SIGNATURE, trusted);
        senders.put(Cause.STRANGER, stranger.issueApplication("venule", uri).certificate());
        senders.put(
                Cause.EXPIRED,
                ca.issueApplication("venule", uri, now.minusSeconds(60)).certificate());
        senders.put(Cause.REVOKED, revoked);
        noise = new Random(seed);
        fleet = SimulatorFleet.start(
                new FleetPlan(1, 0, 1, Optional.empty()),
                ca,
                WardKeys.create(now).root().verifyingKey());
        var enrolled = fleet.pumps().getFirst().enrolment();
        pump = URI.create(enrolled.endpoint());
        var certificate = PumpCertificates.of(enrolled.certificate()).getFirst();
        thumbprint = DigestUtil.sha1(certificate.getEncoded());
        key = (RSAPublicKey) certificate.getPublicKey();
    }

    /** Tries once. */
    public Refusal once(Cause cause) throws IOException, GeneralSecurityException {
        var certificate = Objects.requireNonNull(senders.get(cause)).getEncoded();
        var encrypted = cause == Cause.SIGNATURE ? decryptable() : undecryptable();
        try (var channel = new RawChannel(pump).greet(pump)) {
            var from = System.nanoTime();
            channel.openWith(POLICY, certificate, thumbprint, encrypted);
            var code = channel.end();
            return new Refusal((System.nanoTime() - from) / 1e6, code);
        }
    }

    private int block() {
        return key.getModulus().bitLength() / Byte.SIZE;
    }

    /** Numbers that the key could have made, and did not. */
    private byte[] undecryptable() {
        var all = new byte[BLOCKS * block()];
        noise.nextBytes(all);
        for (int from = 0; from < all.length; from += block()) {
            all[from] = 0;
        }
        return all;
    }

    private byte[] decryptable() throws IOException, GeneralSecurityException {
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < BLOCKS; i++) {
            var plain = new byte[block() - PADDING];
            noise.nextBytes(plain);
            var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, OAEP);
            all.write(cipher.doFinal(plain));
        }
        return all.toByteArray();
    }

    @Override
    public void close() {
        fleet.close();
    }
}
