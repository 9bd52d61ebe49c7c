package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a stack whose process was killed: nothing that runs, and of a temporary folder nothing at all. */
class WatchdogTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path place;

    @Test
    void what_a_killed_process_started_is_ended_and_its_temporary_folder_gone() throws Exception {
        var owner = owner("temporary");
        var folder = Path.of(read(owner));
        var minded = ProcessHandle.of(Long.parseLong(read(owner))).orElseThrow();

        owner.destroyForcibly().waitFor();

        await().atMost(SOON).until(() -> !minded.isAlive());
        await().atMost(SOON).until(() -> !Files.exists(folder));
    }

    @Test
    void a_kept_folder_stays_and_what_used_it_is_ended() throws Exception {
        var owner = owner("kept");
        var folder = Path.of(read(owner));
        var minded = ProcessHandle.of(Long.parseLong(read(owner))).orElseThrow();

        owner.destroyForcibly().waitFor();

        await().atMost(SOON).until(() -> !minded.isAlive());
        assertThat(folder.resolve("data").resolve("part").resolve("state")).exists();
    }

    @Test
    void one_that_is_closed_in_good_order_touches_nothing() throws Exception {
        var folder = RunFolder.kept(place.resolve("orderly"));
        var child = new ProcessBuilder("sleep", "60").start();

        try (var watchdog = Watchdog.over(folder)) {
            watchdog.minds(child.pid());
        }

        assertThat(child.isAlive()).isTrue();
        child.destroyForcibly().waitFor();
    }

    private Process owner(String kind) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + place,
                        "-cp",
                        Path.of("target", "test-classes").toString(),
                        Owner.class.getName(),
                        kind,
                        place.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String read(Process process) throws IOException {
        return Optional.ofNullable(process.inputReader().readLine()).orElseThrow();
    }

    /** A process that starts something, has it minded, and then waits to be killed. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws Exception {
            var folder = arguments[0].equals("kept")
                    ? RunFolder.kept(Path.of(arguments[1]).resolve("kept"))
                    : RunFolder.temporary();
            Files.createFile(folder.data("part").resolve("state"));
            var child = new ProcessBuilder("sleep", "600").start();
            Watchdog.over(folder).minds(child.pid());
            System.out.println(folder.root());
            System.out.println(child.pid());
            Thread.currentThread().join();
        }
    }
}
