package io.venule.store;

import io.venule.signing.Digest;
import io.venule.signing.KeyFiles;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Seals patient data before it reaches the database: AES-256-GCM with a random 96-bit nonce, bound to its table, column and row, so that
 * a sealed value moved elsewhere does not open. Shape: key id (1 byte, the first of the key's SHA-256), nonce (12), ciphertext and tag (16).
 * {@code data.key} seals; beside it {@code data.previous.key} and {@code data.next.key} open, where they are there, so that a key can be changed.
 * Source: NIST SP 800-38D, 8.2.2; with random nonces one key seals at most 2^32 values.
 */
@Singleton
final class Vault {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    /** As the entry of a start names it. */
    private static final int NAME = 16;

    private final Map<Byte, SecretKeySpec> keys = new LinkedHashMap<>();
    private final byte current;
    private final String currentName;
    private final SecureRandom random;

    Vault(@ConfigProperty(name = "venule.keys.directory") Path directory, SecureRandom random) {
        this.random = random;
        var file = directory.resolve("data.key");
        current = add(file);
        currentName = Digest.of(KeyFiles.secret(file)).hex().substring(0, NAME);
        for (var other : List.of("data.previous.key", "data.next.key")) {
            if (Files.exists(directory.resolve(other))) {
                add(directory.resolve(other));
            }
        }
    }

    private byte add(Path file) {
        var secret = KeyFiles.secret(file);
        var id = Digest.of(secret).bytes()[0];
        if (keys.putIfAbsent(id, new SecretKeySpec(secret, "AES")) != null) {
            throw new IllegalArgumentException("two data keys with one id; make another: " + file);
        }
        return id;
    }

    /** The first byte of what is sealed from now on. */
    byte current() {
        return current;
    }

    /** The beginning of the key's hash: whether it is the same, and nothing else. */
    String currentName() {
        return currentName;
    }

    boolean has(byte key) {
        return keys.containsKey(key);
    }

    /** Whether a key lies here that opens and does not seal. */
    boolean hasOthers() {
        return keys.size() > 1;
    }

    /** Where a sealed value lives; it opens nowhere else. */
    record Place(String table, String column, String row) {
        private byte[] bytes() {
            return String.join("\u0000", List.of(table, column, row)).getBytes(StandardCharsets.UTF_8);
        }
    }

    byte[] seal(Place place, byte[] plain) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        var sealed = run(Cipher.ENCRYPT_MODE, current, nonce, place, plain);
        return ByteBuffer.allocate(1 + NONCE + sealed.length)
                .put(current)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** Opens what {@link #seal} made for this place; anything else throws, because the database was changed behind us. */
    byte[] open(Place place, byte[] sealed) {
        var buffer = ByteBuffer.wrap(sealed);
        if (sealed.length < 1 + NONCE + TAG_BITS / 8) {
            throw new IllegalStateException("a sealed value of " + place.table() + " is cut short");
        }
        var id = buffer.get();
        var nonce = new byte[NONCE];
        buffer.get(nonce);
        var rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return run(Cipher.DECRYPT_MODE, id, nonce, place, rest);
    }

    byte[] sealAnew(Place place, byte[] sealed) {
        return seal(place, open(place, sealed));
    }

    private byte[] run(int mode, byte id, byte[] nonce, Place place, byte[] input) {
        var key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("a value of " + place.table() + " is sealed with a key that is not here");
        }
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.bytes());
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a sealed value of " + place.table() + " does not open", e);
        }
    }

    @Override
    public String toString() {
        return "Vault[keys not shown]";
    }
}
