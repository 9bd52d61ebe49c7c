package io.venule.signing;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 private key, held as its 32-byte seed; never printed. Source: RFC 8032, 5.1.5 and 5.1.6. */
public final class SigningKey {
    /** Bytes of a seed. */
    public static final int SEED_SIZE = Ed25519.SECRET_KEY_SIZE;

    private final byte[] seed;
    private final byte[] publicKey;
    private final VerifyingKey verifyingKey;

    private SigningKey(byte[] seed) {
        this.seed = seed;
        this.publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        this.verifyingKey = VerifyingKey.parse(publicKey).orElseThrow();
    }

    /** Takes the 32 bytes of a seed. */
    public static SigningKey ofSeed(byte[] seed) {
        if (seed.length != SEED_SIZE) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes");
        }
        return new SigningKey(seed.clone());
    }

    /** Makes a new key. */
    public static SigningKey generate(SecureRandom random) {
        var seed = new byte[SEED_SIZE];
        random.nextBytes(seed);
        return new SigningKey(seed);
    }

    public KeyId id() {
        return verifyingKey.id();
    }

    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    /** The 64-byte signature over these bytes; the public key is this seed's own and nobody else can give one, so it is not made anew. */
    public byte[] sign(byte[] message) {
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicKey, 0, null, message, 0, message.length, signature, 0);
        return signature;
    }

    /** The seed, for writing a key file. */
    byte[] seed() {
        return seed.clone();
    }

    @Override
    public String toString() {
        return "SigningKey[" + id() + "]";
    }
}
