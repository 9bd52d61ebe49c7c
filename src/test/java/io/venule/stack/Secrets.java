package io.venule.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Properties;
import java.util.random.RandomGenerator;

/**
 * Generated passwords and client secrets by name, kept in one owner-only file, so that a stack whose data is kept finds them again.
 * 24 characters of a 32-letter alphabet without look-alikes: 120 bits.
 */
final class Secrets {
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 24;
    /** Demo passwords are typed by hand: four groups of four are 80 bits. */
    private static final int GROUPS = 4;

    private final Path file;
    private final RandomGenerator random;
    private final Properties kept = new Properties();

    Secrets(RunFolder folder) throws IOException {
        this.file = folder.root().resolve("secrets.properties");
        this.random = new SecureRandom();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file)) {
                kept.load(in);
            }
        }
    }

    /** The secret of this name, made on first use. */
    synchronized String of(String name) {
        return keep(name, letters(LENGTH));
    }

    /** A secret that a person can read aloud and type: four groups of four. */
    synchronized String typable(String name) {
        var groups = new String[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = letters(4);
        }
        return keep(name, String.join("-", groups));
    }

    private String keep(String name, String fresh) {
        var known = kept.getProperty(name);
        if (known != null) {
            return known;
        }
        kept.setProperty(name, fresh);
        save();
        return fresh;
    }

    private void save() {
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            try (var out = Files.newBufferedWriter(file)) {
                kept.store(out, null);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String letters(int count) {
        var text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
