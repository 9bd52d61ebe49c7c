package io.venule.pairing;

/** Names one pairing: 32 lower-case hexadecimal digits, random, never used again. */
public record PairingId(String value) {
    public PairingId {
        if (!value.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("a pairing id has 32 hexadecimal digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
