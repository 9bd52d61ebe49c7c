package io.venule.bench;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.bench.Figures.Of;
import io.venule.pump.LiveChannels;
import io.venule.stack.AbsentPumps;
import io.venule.stack.Api;
import io.venule.stack.DemoWard;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@code ops/bench board}: the fleet board of a large hospital, thousands of pumps of which none is there, beside a page without any pump; and what watching it costs.
 * Named so that no test run takes it along. Writes {@code target/bench/board.json}. EXPECTATIONS row 33.
 */
@QuarkusTest
@WithTestResource(StackResource.class)
class BoardBench {
    private static final int PUMPS = Integer.getInteger("bench.pumps", 5_000);
    private static final int WATCHERS = Integer.getInteger("bench.watchers", 20);
    private static final int PAGES = 60;
    private static final String USER = "biomed";
    private static final String BARE = "/problems";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration WATCHED = Duration.ofSeconds(20);

    @Nullable
    VenuleStack stack;

    @Inject
    DataSource source;

    @Inject
    LiveChannels live;

    @Test
    void measures() throws Exception {
        var figures = new Figures("board");
        var running = Objects.requireNonNull(stack);
        try (var api = new Api(running)) {
            api.post(USER, "/api/v1/pumps", DemoWard.enrolment(running.pumps().getFirst()))
                    .expect(201);
            AbsentPumps.enrol(source, PUMPS);
            await().atMost(PATIENCE).until(() -> live.allMissed().size() >= PUMPS);
            page(figures, api, "the most urgent first", "/fleet");
            page(figures, api, "filtered by state and text", "/fleet?state=ATTENTION&q=BIG0012");
            page(figures, api, "sorted by drug, the last page", "/fleet?sort=DRUG&from=1000000");
            watching(figures, api);
        }
        figures.write();
    }

    private static void page(Figures figures, Api api, String what, String path) throws Exception {
        figures.compare(
                new Of("board of " + PUMPS + " pumps, " + what + ", p95", "ms", "a page without any pump, p95"),
                () -> asked(api, path),
                () -> asked(api, BARE),
                "goal 300; " + PAGES + " a round, one after the other");
    }

    private static double asked(Api api, String path) throws Exception {
        return Figures.percentile(Figures.times(PAGES, () -> api.get(USER, path).expect(200)), 95);
    }

    private void watching(Figures figures, Api api) throws Exception {
        figures.compare(
                new Of(
                        "processor time while " + WATCHERS + " watch a board of " + PUMPS + " pumps",
                        "ms a second",
                        "while nobody watches"),
                () -> watched(api, WATCHERS),
                () -> watched(api, 0),
                "this server and its readers, who are in the same process; none of the pumps is there, and each is dialled again and again");
    }

    private double watched(Api api, int watchers) throws Exception {
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request = HttpRequest.newBuilder(address("/fleet/live"))
                    .header("Authorization", "Bearer " + api.token(USER))
                    .build();
            var open = new ArrayList<CompletableFuture<HttpResponse<Stream<String>>>>();
            for (int i = 0; i < watchers; i++) {
                open.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofLines()));
            }
            var streams = new ArrayList<Stream<String>>();
            for (var one : open) {
                streams.add(one.get(1, TimeUnit.MINUTES).body());
            }
            readOn(streams);
            var from = processorTime();
            TimeUnit.NANOSECONDS.sleep(WATCHED.toNanos());
            var used = processorTime().minus(from);
            client.shutdownNow();
            return used.toMillis() / (double) WATCHED.toSeconds();
        }
    }

    private static void readOn(List<Stream<String>> streams) {
        for (var stream : streams) {
            Thread.ofVirtual().start(() -> {
                try {
                    stream.forEach(_ -> {});
                } catch (RuntimeException e) {
                    // The line was closed: enough was read.
                }
            });
        }
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private URI address(String path) {
        return Objects.requireNonNull(stack).applicationAddress().resolve(path);
    }
}
