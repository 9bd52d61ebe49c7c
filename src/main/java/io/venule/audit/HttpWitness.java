package io.venule.audit;

import io.venule.audit.Witnessing.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings a request to a witness over http or https and says what it answers in the words of {@link Witnessing}. No redirect is followed, and an answer
 * that is too long or does not come is none. Source: C2SP tlog-witness, "add-checkpoint".
 */
final class HttpWitness implements Witnessing.Call<IOException>, AutoCloseable {
    private static final int MOST_BYTES = 64 * 1024;

    private final URI address;
    private final Duration patience;
    private final HttpClient client;

    /** {@code prefix} is the witness's submission prefix; {@code patience} is for the whole answer. */
    HttpWitness(URI prefix, Duration patience) {
        if (!String.valueOf(prefix.getScheme()).matches("https?")
                || prefix.getHost() == null
                || prefix.getRawQuery() != null) {
            throw new IllegalArgumentException("not an address of a witness: " + prefix);
        }
        this.address = URI.create(prefix.toString().replaceFirst("/*$", "/add-checkpoint"));
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Answer look(String request) throws IOException {
        var answer = sent(HttpRequest.newBuilder(address)
                .timeout(patience)
                .POST(HttpRequest.BodyPublishers.ofString(request))
                .build());
        var said = answer.body();
        return switch (answer.statusCode()) {
            case 200 -> new Answer("ACCEPTED", -1, said);
            case 400 -> refused("400: it cannot read the request");
            case 403 -> refused("403: it does not know the log's key");
            case 404 -> refused("404: it does not know the log");
            case 409 ->
                said.matches("[0-9]{1,18}\n")
                        ? new Answer("SEQUENCE", Long.parseLong(said.strip()), "")
                        : refused("409 without the size it saw");
            case 422 -> refused("422: this log does not begin with what it saw");
            default -> refused(String.valueOf(answer.statusCode()));
        };
    }

    private static Answer refused(String how) {
        return new Answer(how, -1, "");
    }

    /** Within the limit, body and all: the client's own ends where the body begins. */
    private HttpResponse<String> sent(HttpRequest request) throws IOException {
        var coming = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
        try {
            return coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            var cause = e.getCause();
            var why = cause == null ? e : cause;
            throw new IOException(
                    address + " gives no answer (" + why.getClass().getSimpleName() + ")", e);
        } catch (TimeoutException e) {
            throw new IOException(address + " gives no answer within " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + address, e);
        } finally {
            coming.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
