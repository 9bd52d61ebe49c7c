package io.venule.simulator;

import io.venule.signing.VerifyingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** The published examples of the pump contract, as they stand in the repository. */
public final class ExampleFiles {
    /** Where they are. */
    public static final Path FOLDER = Path.of("docs", "pump-contract", "examples");

    private ExampleFiles() {}

    /** The published keys of the ward. */
    public static WardKeys keys(Instant made) {
        return ExampleKeys.ward(made);
    }

    /** The published record key of the pump. */
    public static VerifyingKey recordKey() {
        return ExampleKeys.RECORD.verifyingKey();
    }

    /** The published seed of the key of this name. */
    public static byte[] seed(String name) {
        return HexFormat.of().parseHex(ExampleKeys.seed(name).hex());
    }

    /** The bytes of a file. */
    public static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file. */
    public static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** The names of a folder's signed texts, in order. */
    public static List<String> signed(String folder) {
        try (var files = Files.list(FOLDER.resolve(folder))) {
            return files.map(file -> folder + "/" + file.getFileName())
                    .filter(name -> name.endsWith(".jws"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a file's name says will become of it: the word before the first hyphen. */
    public static String fate(String name) {
        return name.substring(name.indexOf('/') + 1).split("-", 2)[0];
    }
}
