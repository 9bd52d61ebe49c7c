package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Strangers hold connections open and ask as fast as they can, at the server's door and at the pump's; a nurse's STOP gets through each time.
 * Threat T-69. How long it takes is no matter of a test.
 */
@QuarkusTest
@WithTestResource(StackResource.class)
class FloodIT {
    private static final String NURSE = "nurse";
    private static final String PRESCRIPTION = "RX-1014";
    private static final int CHANNEL = 4;

    private static final int SLOW = 300;
    private static final int SLOW_AT_THE_PUMP = 40;
    private static final int FAST = 12;
    private static final int STOPS = 20;
    private static final long A_BYTE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    @Nullable
    VenuleStack stack;

    @Test
    void a_stop_gets_through_while_strangers_flood_server_and_pump() throws Exception {
        var running = Objects.requireNonNull(stack);
        try (var ward = WardAtWork.in(running);
                var api = new Api(running)) {
            var order = ward.placed(PRESCRIPTION, ward.tag(WardAtWork.RACK, CHANNEL));
            ward.press(WardAtWork.RACK, CHANNEL, "start");
            await().atMost(Duration.ofSeconds(20)).until(() -> state(api, order).equals("RUNNING"));

            try (var flood = new Flood(running)) {
                await().atMost(Duration.ofSeconds(30)).until(flood::isHigh);
                for (int i = 0; i < STOPS; i++) {
                    var said = api.post(NURSE, "/api/v1/orders/" + order + "/stop", Map.of("reason", "OTHER"));
                    assertThat(said.status()).as(said.text()).isEqualTo(200);
                }
                assertThat(flood.isHigh()).as("to the end").isTrue();
            }

            ward.press(WardAtWork.RACK, CHANNEL, "stop");
            await().atMost(Duration.ofSeconds(20)).until(() -> state(api, order).equals("STOPPED"));
            api.get(NURSE, "/q/health/ready").expect(200);
        }
    }

    private static String state(Api api, String order) throws IOException, InterruptedException {
        return api.get(NURSE, "/api/v1/orders/" + order).expect(200).text("state");
    }

    /** Slow ones, who send a byte now and then, and fast ones, who never wait. */
    private static final class Flood implements AutoCloseable {
        private final ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicInteger open = new AtomicInteger();
        private final AtomicInteger answered = new AtomicInteger();
        private final URI server;
        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        Flood(VenuleStack stack) {
            this.server = stack.applicationAddress();
            var pump = URI.create(stack.pumps().get(WardAtWork.RACK).enrolment().endpoint())
                    .getPort();
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
        boolean isHigh() {
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
}
