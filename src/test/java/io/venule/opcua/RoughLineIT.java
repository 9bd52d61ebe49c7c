package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link ChaosProxy} cannot do, because it stands on top of TCP: packets lost by the kernel, thirty of a hundred; a line of 100 kbit/s; five seconds of silence. Threat T-68. One round of
 * the first in a build on Linux as root, skipped elsewhere; {@code -Dvenule.rough.seconds=3600} for an hour.
 */
class RoughLineIT {
    private static final long SECONDS = Long.getLong("venule.rough.seconds", 0);
    /** Beyond the time asked for. */
    private static final long PATIENCE_SECONDS = 600;

    @TempDir
    private Path folder;

    @Test
    void over_a_line_that_loses_packets_orders_end_definitely_and_records_come_once_and_in_order() throws Exception {
        assumeTrue(KernelWeather.isPossible(), "needs Linux, root, unshare and tc");
        var said = folder.resolve("said");
        var process = KernelWeather.inOwnNetwork(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RoughLine.class.getName(),
                        Files.createDirectory(folder.resolve("ward")).toString(),
                        Long.toString(SECONDS)))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS + PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        var words = Files.readString(said, StandardCharsets.UTF_8);

        assertThat(process.exitValue()).as(words).isZero();
        words.lines().filter(line -> line.startsWith("rough line:")).forEach(System.out::println);
        assertThat(words).contains("rough line: ");
    }
}
