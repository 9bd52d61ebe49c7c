package io.venule.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A log's parts from where it is served, over http or https: the address under which {@code checkpoint} and {@code tile/…} stand. Nothing else is asked
 * and no redirect followed: what is judged comes from where it was said to be. A part that is gone because the whole one took its place is cut from that.
 * Source: C2SP tlog-tiles, "Partial tiles".
 */
final class LogAddress implements LogFiles, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern PARTIAL = Pattern.compile("(.*)\\.p/([0-9]{1,3})");

    private final URI base;
    private final String token;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** A token may be empty; it is sent as a bearer's. */
    LogAddress(URI base, String token) {
        this.base = base.getPath().endsWith("/") ? base : URI.create(base + "/");
        this.token = token;
    }

    @Override
    public Optional<byte[]> read(String name) {
        var there = fetch(name);
        var partial = PARTIAL.matcher(name);
        return there.isPresent() || !partial.matches()
                ? there
                : fetch(partial.group(1)).map(whole -> beginning(name, whole, Integer.parseInt(partial.group(2))));
    }

    private Optional<byte[]> fetch(String name) {
        var request = HttpRequest.newBuilder(base.resolve(name)).timeout(PATIENCE);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                if (answer.statusCode() == 404) {
                    return Optional.empty();
                }
                if (answer.statusCode() != 200) {
                    throw new IOException(base.resolve(name) + " answers " + answer.statusCode());
                }
                var content = body.readNBytes(MAX_BYTES + 1);
                return content.length > MAX_BYTES ? Optional.empty() : Optional.of(content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + base.resolve(name) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while reading " + base.resolve(name), e));
        }
    }

    private static byte[] beginning(String name, byte[] whole, int width) {
        if (!name.startsWith("tile/entries/")) {
            return Arrays.copyOf(whole, Math.min(whole.length, width * TreeHashing.SIZE));
        }
        var end = 0;
        for (int i = 0; i < width && end + 2 <= whole.length; i++) {
            end += 2 + ((whole[end] & 0xFF) << 8) + (whole[end + 1] & 0xFF);
        }
        return Arrays.copyOf(whole, Math.min(end, whole.length));
    }

    @Override
    public void close() {
        client.close();
    }
}
