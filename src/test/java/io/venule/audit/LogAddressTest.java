package io.venule.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a log that is served. Source: issue "audit log", item 4; C2SP tlog-tiles. */
class LogAddressTest {
    private static final String ORIGIN = "venule.test/log";
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);
    private static final NoteKey NOTE_KEY = new NoteKey(ORIGIN, KEY.verifyingKey());
    private static final int SIZE = 2 * 256 + 44;
    private static final String TOKEN = "a-token";

    private final Map<String, byte[]> served = new ConcurrentHashMap<>();

    @TempDir
    private Path folder;

    private HttpServer server = httpServer();

    private static HttpServer httpServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void serve() throws IOException {
        var entries = IntStream.range(0, 3 * 256)
                .mapToObj(number -> AuditEntry.bySystem(
                                AuditKind.PUMP_DOUBTED, Instant.ofEpochMilli(1_795_000_000_000L + number))
                        .with("what", "quarantined")
                        .with("why", "test " + number)
                        .canonical())
                .toList();
        served.putAll(export(entries.subList(0, SIZE), "signed"));
        // The log grew since: where a whole part took the place of a partial one, only that is left.
        var grown = export(entries, "grown");
        for (var whole : List.of("tile/0/002", "tile/entries/002")) {
            served.remove(whole + ".p/44");
            served.put(whole, grown.getOrDefault(whole, new byte[0]));
        }
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var name = exchange.getRequestURI().getPath().replaceFirst("^/audit/log/", "");
            var content = served.get(name);
            var known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (exchange.getRequestURI().getPath().startsWith("/moved/")) {
                exchange.getResponseHeaders().add("Location", "/audit/log/" + name);
                exchange.sendResponseHeaders(302, -1);
            } else if (!known) {
                exchange.sendResponseHeaders(401, -1);
            } else if (content == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
                exchange.getResponseBody().write(content);
            }
        }
    }

    @Test
    void a_served_log_is_judged_like_a_directory_with_its_progress() throws IOException {
        assertThat(command("/audit/log", TOKEN))
                .startsWith("0 ")
                .contains("556 of 556 entries, 100%")
                .contains("OK: 556 entries");
        assertThat(command("/audit/log/", TOKEN)).startsWith("0 ");
    }

    @Test
    void a_part_that_is_only_there_whole_is_cut() throws IOException {
        assertThat(served).containsKey("tile/entries/002").doesNotContainKey("tile/entries/002.p/44");

        assertThat(command("/audit/log", TOKEN)).startsWith("0 ");
    }

    @Test
    void one_changed_byte_is_named() throws IOException {
        var bundle = served.getOrDefault("tile/entries/001", new byte[0]).clone();
        bundle[bundle.length - 2] ^= 1;
        served.put("tile/entries/001", bundle);

        assertThat(command("/audit/log", TOKEN)).startsWith("1 ").contains("BAD: first bad entry is 511");
    }

    @Test
    void a_log_that_cannot_be_read_is_no_verdict() throws IOException {
        assertThat(command("/audit/log", "wrong")).startsWith("2 ").contains("answers 401");
        assertThat(command("/moved/log", TOKEN)).startsWith("2 ").contains("answers 302");
        server.stop(0);
        assertThat(command("/audit/log", TOKEN)).startsWith("2 ").contains("cannot read");
    }

    private String command(String path, String token) throws IOException {
        var key = Files.writeString(folder.resolve("log.vkey"), NOTE_KEY.text() + "\n");
        var tokenFile = Files.writeString(folder.resolve("token"), token + "\n");
        var address = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        var out = new ByteArrayOutputStream();
        int code = VerifyLog.run(
                new String[] {address, "--key", key.toString(), "--token", tokenFile.toString()},
                new PrintStream(out, true, UTF_8));
        return code + " " + out.toString(UTF_8);
    }

    private Map<String, byte[]> export(List<byte[]> entries, String name) throws IOException {
        var directory = folder.resolve(name);
        var frontier = Frontier.EMPTY;
        for (var entry : entries) {
            frontier = frontier.append(Leaf.hash(entry));
        }
        LogExport.write(directory, entries.iterator(), Checkpoint.sign(ORIGIN, frontier.head(), KEY));
        var files = new TreeMap<String, byte[]>();
        try (var walk = Files.walk(directory)) {
            for (var file : walk.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
