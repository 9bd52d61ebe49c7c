package io.venule.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The steps of a run, printed as they end and written as {@code [{"step", "ok", "ms", "detail"}]} after each, so that a crash leaves what was reached. */
final class Transcript {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final PrintStream out;
    private final ArrayNode steps = JSON.createArrayNode();

    Transcript(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    /** One thing to do; its text says what was seen. */
    interface Step {
        String run() throws Exception;
    }

    /** Runs the step and keeps what it said or why it failed; a failure is thrown on after it is on record. */
    void step(String name, Step step) throws Exception {
        long start = System.nanoTime();
        try {
            add(name, true, start, step.run());
        } catch (Exception | AssertionError e) {
            add(name, false, start, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void add(String name, boolean ok, long start, String detail) throws IOException {
        long ms = Duration.ofNanos(System.nanoTime() - start).toMillis();
        steps.addObject().put("step", name).put("ok", ok).put("ms", ms).put("detail", detail);
        out.printf("%s %-58s %7d ms  %s%n", ok ? "ok  " : "FAIL", name, ms, detail);
        Files.createDirectories(file.getParent());
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), steps);
    }
}
