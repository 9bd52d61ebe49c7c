package io.venule.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.bench.Figures.Of;
import io.venule.signing.Jws;
import io.venule.signing.SigningKey;
import io.venule.signing.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Signing and verifying a text as long as an order, beside BouncyCastle's own signer over the same bytes. */
final class SignatureFigures {
    /** So many that what warms up is over before the first round: a server runs for weeks. */
    private static final int TIMES = 20_000;

    private static final String TYPE = "infusion-order+jws";

    private final byte[] seed = new byte[SigningKey.SEED_SIZE];
    private final byte[] payload;
    private final SigningKey key;
    private final VerifyingKey publicKey;
    private final String text;
    private final byte[] input;
    private final Ed25519PrivateKeyParameters barePrivate;
    private final Ed25519PublicKeyParameters barePublic;
    private final byte[] signature;

    SignatureFigures(int payloadSize) {
        new SecureRandom().nextBytes(seed);
        payload = new byte[payloadSize];
        Arrays.fill(payload, (byte) 'x');
        key = SigningKey.ofSeed(seed);
        publicKey = key.verifyingKey();
        text = Jws.sign(TYPE, payload, key);
        input = text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        barePrivate = new Ed25519PrivateKeyParameters(seed);
        barePublic = barePrivate.generatePublicKey();
        signature = bareSignature();
    }

    void measure(Figures figures) throws Exception {
        assertThat(signature).isEqualTo(key.sign(input));
        figures.compare(
                new Of("sign a text of an order's length", "signatures/s", "Ed25519Signer over the same bytes"),
                () -> perSecond(() -> assertThat(Jws.sign(TYPE, payload, key)).hasSameSizeAs(text)),
                () -> perSecond(() -> assertThat(bareSignature()).hasSize(64)),
                "goal 0.7");
        figures.compare(
                new Of("verify a text of an order's length", "signatures/s", "Ed25519Signer over the same bytes"),
                () -> perSecond(() ->
                        assertThat(Jws.verify(text, TYPE, publicKey)).isInstanceOf(Jws.Verification.Verified.class)),
                () -> perSecond(() -> assertThat(isGoodToBare()).isTrue()),
                "goal 0.7");
    }

    /** What BouncyCastle alone takes for one signature and for looking at it; whether it is good. */
    boolean bareRound() {
        bareSignature();
        return isGoodToBare();
    }

    private static double perSecond(Runnable one) {
        var from = System.nanoTime();
        for (int i = 0; i < TIMES; i++) {
            one.run();
        }
        return TIMES / ((System.nanoTime() - from) / 1e9);
    }

    private byte[] bareSignature() {
        var signer = new Ed25519Signer();
        signer.init(true, barePrivate);
        signer.update(input, 0, input.length);
        return signer.generateSignature();
    }

    private boolean isGoodToBare() {
        var verifier = new Ed25519Signer();
        verifier.init(false, barePublic);
        verifier.update(input, 0, input.length);
        return verifier.verifySignature(signature);
    }
}
