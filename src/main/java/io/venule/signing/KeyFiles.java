package io.venule.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and writes the files of an installation's keys. A private key is a PKCS#8 PEM, a public one an X.509 PEM, so that openssl
 * reads both; a secret is 64 hexadecimal digits. A file that cannot be understood throws, naming the file and never its content.
 * Source: RFC 8410; RFC 7468; docs/keys.md.
 */
public final class KeyFiles {
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int MAX_BYTES = 1 << 16;

    private KeyFiles() {}

    public static SigningKey signingKey(Path file) {
        return fromPem(read(file), "PRIVATE KEY", PKCS8)
                .map(SigningKey::ofSeed)
                .orElseThrow(() -> new IllegalArgumentException("not an Ed25519 private key in PEM: " + file));
    }

    public static VerifyingKey verifyingKey(Path file) {
        return fromPem(read(file), "PUBLIC KEY", SPKI)
                .flatMap(VerifyingKey::parse)
                .orElseThrow(() -> new IllegalArgumentException("not an Ed25519 public key in PEM: " + file));
    }

    /** A key certificate's compact text; who signed it is {@link Keyring}'s question. */
    public static String certificate(Path file) {
        return read(file).strip();
    }

    /** The name and key that checkpoints are verified with. */
    public static NoteKey noteKey(Path file) {
        return NoteKey.parse(read(file).strip())
                .orElseThrow(() -> new IllegalArgumentException("not a note verifier key: " + file));
    }

    /** A secret of 32 bytes. */
    public static byte[] secret(Path file) {
        var text = read(file).strip();
        if (!Digest.isHex(text, 64)) {
            throw new IllegalArgumentException("not a secret of 64 lower-case hexadecimal digits: " + file);
        }
        return HexFormat.of().parseHex(text);
    }

    static String pem(SigningKey key) {
        return pem("PRIVATE KEY", PKCS8, key.seed());
    }

    static String pem(VerifyingKey key) {
        return pem("PUBLIC KEY", SPKI, key.raw());
    }

    /** Makes a new file that only its owner reads; an existing file stays as it is and throws. */
    static void writeNew(Path file, String content) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, options, ownerOnly)) {
            var bytes = java.nio.ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException("too long for a key file: " + file);
            }
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("key file cannot be read: " + file, e);
        }
    }

    private static String pem(String label, byte[] prefix, byte[] key) {
        var der = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, der, prefix.length, key.length);
        return "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    private static Optional<byte[]> fromPem(String text, String label, byte[] prefix) {
        var lines = text.strip().split("\r?\n", -1);
        if (lines.length != 3
                || !lines[0].equals("-----BEGIN " + label + "-----")
                || !lines[1].matches("[A-Za-z0-9+/]{59}=|[A-Za-z0-9+/]{64}")
                || !lines[2].equals("-----END " + label + "-----")) {
            return Optional.empty();
        }
        var der = Base64.getDecoder().decode(lines[1]);
        if (der.length != prefix.length + 32 || !Arrays.equals(Arrays.copyOf(der, prefix.length), prefix)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.copyOfRange(der, prefix.length, der.length));
    }
}
