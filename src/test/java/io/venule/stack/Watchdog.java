package io.venule.stack;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Cleans up after this process when it dies without a chance to do so itself (SIGKILL, a crash): a shell that holds the other end of a pipe,
 * ends what it was told to mind as soon as the pipe breaks, and leaves of the folder what {@link RunFolder.AfterUse} says.
 */
final class Watchdog implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String DONE = "done";
    /** Arguments: the folder, then what to delete of it. It ignores Ctrl-C, which the whole group of processes gets. */
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            root=$1
            shift
            pids=
            while read -r line; do
                [ "$line" = done ] && exit 0
                pids="$line $pids"
            done
            for pid in $pids; do kill -TERM "$pid" 2>/dev/null; done
            database=
            if [ -f "$root/data/postgresql/postmaster.pid" ]; then
                read -r database <"$root/data/postgresql/postmaster.pid"
                kill -INT "$database" 2>/dev/null
            fi
            seconds=0
            while [ "$seconds" -lt 15 ]; do
                left=
                for pid in $pids $database; do kill -0 "$pid" 2>/dev/null && left=1; done
                [ -z "$left" ] && break
                sleep 1
                seconds=$((seconds + 1))
            done
            for pid in $pids $database; do kill -KILL "$pid" 2>/dev/null; done
            for path in "$@"; do rm -rf "$path"; done
            """;

    private final Process shell;
    private final Writer pipe;

    private Watchdog(Process shell) {
        this.shell = shell;
        this.pipe = shell.outputWriter(StandardCharsets.US_ASCII);
    }

    /** Minds the folder from now on. */
    static Watchdog over(RunFolder folder) throws IOException {
        var command = new ArrayList<String>();
        command.addAll(List.of(
                "/bin/sh", "-c", SCRIPT, "venule-watchdog", folder.root().toString()));
        folder.temporaryParts().forEach(part -> command.add(part.toString()));
        var log = folder.log("watchdog").toFile();
        return new Watchdog(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start());
    }

    /** Ends this process, too, when its owner dies. */
    void minds(long pid) throws IOException {
        pipe.write(pid + "\n");
        pipe.flush();
    }

    /** Everything was ended in good order; the watchdog goes without touching anything. */
    @Override
    public void close() throws IOException {
        pipe.write(DONE + "\n");
        pipe.close();
        try {
            if (!shell.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                shell.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            shell.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
