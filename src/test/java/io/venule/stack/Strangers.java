package io.venule.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * People with nothing to do here: slow ones, who send a byte now and then and come again when they are sent away, and fast ones, who ask as fast as they
 * are answered. Threat T-69.
 */
public final class Strangers implements AutoCloseable {
    /** Slow ones at the server's door, and at the pump's; fast ones at the server's. */
    public static final int SLOW = 300;

    public static final int SLOW_AT_THE_PUMP = 40;
    public static final int FAST = 12;
    private static final long A_BYTE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final URI server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param rack which of the stack's pumps the slow ones stand at */
    public Strangers(VenuleStack stack, int rack) {
        this.server = stack.applicationAddress();
        var pump = URI.create(stack.pumps().get(rack).enrolment().endpoint()).getPort();
        for (int i = 0; i < SLOW; i++) {
            strangers.execute(() -> slowly(server.getPort(), "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nX-Slow: "));
        }
        for (int i = 0; i < SLOW_AT_THE_PUMP; i++) {
            strangers.execute(() -> slowly(pump, "HELF"));
        }
        for (int i = 0; i < FAST; i++) {
            strangers.execute(this::fast);
        }
    }

    /** Whether most of the slow ones stand at the door, and the fast ones are being answered. */
    public boolean isHigh() {
        return open.get() > SLOW / 2 && answered.get() > 10 * FAST;
    }

    /** Comes again when it is sent away. */
    private void slowly(int port, String beginning) {
        while (!over.get()) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                open.incrementAndGet();
                try {
                    var out = socket.getOutputStream();
                    out.write(beginning.getBytes(StandardCharsets.US_ASCII));
                    while (!over.get()) {
                        LockSupport.parkNanos(A_BYTE_NANOS);
                        out.write('a');
                    }
                } finally {
                    open.decrementAndGet();
                }
            } catch (IOException sentAway) {
                LockSupport.parkNanos(A_BYTE_NANOS);
            }
        }
    }

    private void fast() {
        var forged = HttpRequest.newBuilder(server.resolve("/api/v1/orders/check"))
                .header("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2VjcmV0")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"wristband\":\"" + "9".repeat(10_000) + "\"}"))
                .build();
        var visitor = HttpRequest.newBuilder(server.resolve("/fleet")).build();
        try {
            while (!over.get()) {
                client.send(forged, HttpResponse.BodyHandlers.discarding());
                client.send(visitor, HttpResponse.BodyHandlers.discarding());
                answered.addAndGet(2);
            }
        } catch (IOException | InterruptedException sentAway) {
            answered.incrementAndGet();
        }
    }

    @Override
    public void close() {
        over.set(true);
        strangers.close();
        client.close();
    }
}
