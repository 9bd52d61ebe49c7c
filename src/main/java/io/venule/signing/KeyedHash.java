package io.venule.signing;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 under the installation's pairing key: lets pump, order and audit log speak of a patient or a bag without naming it.
 * The input is the canonical JSON list of purpose and parts, so that no two different inputs share their bytes.
 * Source: RFC 2104; docs/keys.md, "Keyed hashes".
 */
public final class KeyedHash {
    private final SecretKeySpec key;

    /** Takes a key of 32 bytes. */
    public KeyedHash(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("a pairing key has 32 bytes");
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** The keyed hash of a wristband's patient id. */
    public Digest patient(String patientId) {
        return of("patient", patientId);
    }

    /** The keyed hash of a bag: its id, lot and expiry as the label states them. */
    public Digest bag(String bagId, String lot, String expiry) {
        return of("bag", bagId, lot, expiry);
    }

    /** The keyed hash of these parts for this purpose. */
    public Digest of(String purpose, String... parts) {
        var input = new ArrayList<String>();
        input.add(purpose);
        input.addAll(List.of(parts));
        return Digest.ofRaw(mac(CanonicalJson.write(Json.texts(input))));
    }

    private byte[] mac(byte[] input) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(input);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "KeyedHash[key not shown]";
    }
}
