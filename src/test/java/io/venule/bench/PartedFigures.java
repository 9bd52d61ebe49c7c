package io.venule.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.bench.Figures.Of;
import io.venule.opcua.ChaosProxy.Weather;
import io.venule.opcua.SessionsAlone;
import io.venule.pump.Challenge;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpRecord;
import io.venule.pump.PumpSerial;
import io.venule.pump.RecordHead;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A whole fleet of which nothing is heard for a while, as after a switch broke: every infusion goes on, and how soon all sessions are back with every record, at what cost. The pumps and the network are in
 * another process. Threat T-67, which asks for an hour.
 */
final class PartedFigures {
    private static final int PUMPS = Integer.getInteger("bench.idle", 1_000);
    private static final Duration APART = Duration.ofMinutes(Long.getLong("bench.parted.minutes", 3));
    /** Of each pump's battery, meanwhile; each is a record. */
    private static final int CHARGES = 20;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int HTTP_OK = 200;

    private final HttpClient keys = HttpClient.newHttpClient();

    void measure(Figures figures) throws Exception {
        var folder = Files.createTempDirectory("venule-bench");
        var settings = SessionsAlone.settings(folder, FleetProcess.authority(folder));
        try (var fleet = FleetProcess.start(FleetProcess.Kind.PARTABLE, PUMPS, 1, folder);
                var first = BusiestSeconds.watch()) {
            var from = System.nanoTime();
            try (var sessions = new SessionsAlone(fleet.servers(), FleetProcess.keys(), settings)) {
                var opened = secondsSince(from);
                var opening = first.ofHundred();
                var therapies = started(fleet, sessions);

                fleet.network(Weather.PARTED);
                workMeanwhile(fleet);
                assertThat(sessions.isOneOpen()).as("apart").isFalse();
                try (var again = BusiestSeconds.watch()) {
                    fleet.network(Weather.CLEAR);
                    var healed = System.nanoTime();
                    await().atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(500))
                            .until(() -> sessions.areOpen() && areComplete(fleet, sessions));
                    var back = secondsSince(healed);
                    var returning = again.ofHundred();
                    nothingIsMissingOrDifferent(fleet, sessions, therapies);
                    add(figures, new double[] {back, opened}, new double[] {returning, opening});
                }
            }
        }
    }

    private static void add(Figures figures, double[] seconds, double[] processors) {
        var apart = "after " + APART.toMinutes() + " minutes apart";
        figures.add(
                new Of(
                        "all " + PUMPS + " pumps back with every record, " + apart,
                        "s",
                        "all sessions opened for the first time"),
                new double[] {seconds[0]},
                new double[] {seconds[1]},
                "goal 60; " + PUMPS * CHARGES
                        + " records were made meanwhile, none missing or doubled, and every infusion went on");
        figures.add(
                new Of(
                        "busiest five seconds of this server while they come back, " + apart,
                        "% of all processors",
                        "while they came for the first time"),
                new double[] {processors[0]},
                new double[] {processors[1]},
                "goal 90; the pumps are in another process on the same processors");
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /** An infusion at each pump; what each says of it. */
    private Map<PumpSerial, Challenge> started(FleetProcess fleet, SessionsAlone sessions) throws Exception {
        var therapies = new HashMap<PumpSerial, Challenge>();
        for (var pump : fleet.servers()) {
            assertThat(sessions.order(pump)).isTrue();
            press(fleet, pump, "/channels/1/start", "badge=BENCH");
            therapies.put(pump.serial(), sessions.challenge(pump));
        }
        return therapies;
    }

    /** Each pump's battery loses charge until the time is over. */
    private void workMeanwhile(FleetProcess fleet) throws Exception {
        var from = System.nanoTime();
        for (int i = 1; i <= CHARGES; i++) {
            for (var pump : fleet.servers()) {
                press(fleet, pump, "/power", "mains=yes&percent=" + (100 - i));
            }
            var next = from + APART.toNanos() / CHARGES * i;
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        }
    }

    private void press(FleetProcess fleet, EnrolledPump pump, String key, String form)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(fleet.panel(pump).resolve(key))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        assertThat(keys.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(HTTP_OK);
    }

    private static boolean areComplete(FleetProcess fleet, SessionsAlone sessions) {
        return fleet.servers().stream().allMatch(pump -> charges(sessions.records(pump.serial())) >= CHARGES);
    }

    private static long charges(List<PumpRecord> records) {
        return records.stream()
                .filter(record -> record.event() instanceof PumpEvent.PowerChanged)
                .count();
    }

    private static void nothingIsMissingOrDifferent(
            FleetProcess fleet, SessionsAlone sessions, Map<PumpSerial, Challenge> therapies) {
        for (var pump : fleet.servers()) {
            var records = sessions.records(pump.serial());
            assertThat(charges(records)).as(pump.serial().value()).isEqualTo(CHARGES);
            assertThat(records.getFirst().position().sequence()).isEqualTo(1);
            assertThat(IntStream.range(1, records.size())).allMatch(i -> {
                var before = records.get(i - 1);
                return new RecordHead(before.position(), before.hash()).isFollowedBy(records.get(i));
            });
            var before = Objects.requireNonNull(therapies.get(pump.serial()));
            assertThat(sessions.challenge(pump))
                    .as(pump.serial().value())
                    .returns(before.running(), Challenge::running)
                    .returns(before.rate(), Challenge::rate)
                    .returns(before.epoch(), Challenge::epoch);
        }
    }
}
