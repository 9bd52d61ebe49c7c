package io.venule.druglibrary;

/** Which release: its rising counter and the SHA-256 in hexadecimal of its canonical bytes. */
public record LibraryVersion(long counter, String sha256) {
    public LibraryVersion {
        if (counter < 1 || !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a library version");
        }
    }
}
