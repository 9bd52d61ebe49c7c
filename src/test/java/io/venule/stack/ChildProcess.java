package io.venule.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One child process with its log file: waited for, ended with all its descendants, or killed outright. */
final class ChildProcess implements AutoCloseable {
    private static final Duration ORDERLY = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int LOG_TAIL = 40;

    private final String name;
    private final Path log;
    private final Process process;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts the command; output and errors are appended to the log, standard input is empty. */
    static ChildProcess start(String name, ProcessBuilder command, Path log) throws IOException {
        var process = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        return new ChildProcess(name, log, process);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for success; a failure or a timeout says so with the end of the log. */
    void awaitExit(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            close();
            throw new IllegalStateException(name + " did not end within " + limit + logTail());
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(name + " ended with " + process.exitValue() + logTail());
        }
    }

    /** Waits until it ends with a failure and these as its words. */
    void awaitEndSaying(String words, Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            close();
            throw new IllegalStateException(name + " did not end within " + limit + logTail());
        }
        if (process.exitValue() == 0 || !Files.readString(log).contains(words)) {
            throw new IllegalStateException(name + " did not say: " + words + logTail());
        }
    }

    /** Waits until the address answers 200; fails at once when the process ends first. */
    void awaitReady(URI health, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (var client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(2))
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            while (!answers(client, health)) {
                if (process.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException(name + " ended with " + process.exitValue() + logTail());
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(name + " was not ready within " + limit + logTail());
                }
            }
        }
    }

    private static boolean answers(HttpClient client, URI health) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Kills the process and its descendants with SIGKILL, as a power cut would, and waits until they are gone. */
    void kill() throws InterruptedException {
        var tree = tree();
        tree.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /** Asks the process and its descendants to end, waits, and kills what is left. */
    @Override
    public void close() {
        var tree = tree();
        process.destroy();
        try {
            if (!process.waitFor(ORDERLY.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            tree.forEach(ProcessHandle::destroyForcibly);
            process.waitFor(ORDERLY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            tree.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private java.util.List<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    private String logTail() throws IOException {
        var lines = Files.exists(log) ? Files.readAllLines(log) : java.util.List.<String>of();
        var tail = lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size());
        return "; the end of " + log + ":\n" + String.join("\n", tail);
    }
}
