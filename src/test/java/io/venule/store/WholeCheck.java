package io.venule.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.store.BareLog.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/** The whole check of a log in a process of its own with a small heap, and the bare cost of getting the same rows out of the database. */
final class WholeCheck {
    static final String HEAP = "256m";

    private static final long LONGEST_MINUTES = 30;

    private WholeCheck() {}

    /** What the process said: entries, seconds, and the most heap in use after a collection in the first and in the second half, in MiB. */
    record Said(long entries, double seconds, double firstHalf, double secondHalf) {}

    static Said inItsOwnProcess(Place place) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CheckProcess.class.getName(),
                        place.url(),
                        place.user(),
                        place.password(),
                        place.keys().toString(),
                        place.memory().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.getInputStream()) {
            var words = new String(output.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(CheckProcess.CHECKED))
                    .map(line -> List.of(line.split(" ")))
                    .findFirst()
                    .orElseThrow();
            assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
            return new Said(
                    Long.parseLong(words.get(1)),
                    Double.parseDouble(words.get(2)),
                    Double.parseDouble(words.get(3)),
                    Double.parseDouble(words.get(4)));
        } finally {
            process.destroyForcibly();
        }
    }

    /** Copies the table out, in this format of the database, and throws it away; gives the number of rows. */
    static long copyOut(Connection connection, String format) throws SQLException {
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY audit_leaf TO STDOUT (FORMAT " + format + ")");
        long messages = 0;
        while (copy.readFromCopy() != null) {
            messages++;
        }
        // The last one as binary says that there are no more.
        return format.equals("binary") ? messages - 1 : messages;
    }
}
