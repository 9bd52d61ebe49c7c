package io.venule.signing;

import java.util.Optional;

/** Names a key: the first 16 hexadecimal digits of the SHA-256 of its 32 public bytes. Source: docs/pump-contract.md, "Keys". */
public record KeyId(String hex) {
    public KeyId {
        if (!Digest.isHex(hex, 16)) {
            throw new IllegalArgumentException("a key id has 16 lower-case hexadecimal digits");
        }
    }

    /** Reads text from outside; empty unless it is 16 lower-case hexadecimal digits. */
    public static Optional<KeyId> parse(String text) {
        return Digest.isHex(text, 16) ? Optional.of(new KeyId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
