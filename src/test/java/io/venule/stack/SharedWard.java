package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.venule.simulator.FleetPump;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Three servers with the demo's ward, asked through the API of one of them and looked at in the database. */
final class SharedWard implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String NURSE = "nurse";

    private final VenuleStack stack;
    private final VenuleProcess first;
    private final VenuleProcess second;
    private final VenuleProcess third;
    private final Api api;
    private final DemoWard labels;
    private final OnRecord record;

    SharedWard(VenuleStack stack) throws Exception {
        this.stack = stack;
        this.record = new OnRecord(stack);
        this.first = VenuleProcess.start(stack);
        this.second = VenuleProcess.launchBeside(stack, "second");
        this.third = VenuleProcess.launchBeside(stack, "third");
        this.api = new Api(stack);
        this.labels = new DemoWard(api);
        labels.enter(stack.pumps());
        second.awaitReady();
        third.awaitReady();
    }

    VenuleProcess second() {
        return second;
    }

    VenuleProcess third() {
        return third;
    }

    // What two pharmacists publish -----------------------------------------------------------------------

    /** Nobody starts anything again: each server works with it, and each pump holds it. */
    String publishedOnOneServerIsWorkedWithOnAll() throws Exception {
        var sha256 = Publication.on(stack, api).widened();
        for (var server : List.of(first, second, third)) {
            worksWith(server, sha256);
        }
        for (var pump : stack.pumps()) {
            var panel = new FrontPanelClient(pump.panel());
            eventually(() -> panel.state().get("libraryCounter").longValue() == 2);
        }
        return sha256;
    }

    /** Its folder holds what was before it. */
    void aServerThatStartsLaterWorksWithIt(String sha256) throws Exception {
        try (var later = VenuleProcess.launchBeside(stack, "fourth")) {
            later.awaitReady();
            try (var own = new Api(stack, later.address())) {
                assertThat(own.get(NURSE, "/api/v1/library").expect(200).text("sha256"))
                        .isEqualTo(sha256);
            }
        }
    }

    /** Not on what lies in its folder either, for its pumps take no lower counter. Those that run go on. */
    void whereOneWhoSignedItDoesNotCountAnyMoreNoServerStarts(String sha256) throws Exception {
        Publication.on(stack, api).anotherSecondPharmacist();
        try (var later = VenuleProcess.launchBeside(stack, "fifth")) {
            assertThatThrownBy(later::awaitReady)
                    .hasMessageContaining("fifth ended with 78")
                    .hasMessageContaining("library release 2 " + sha256 + ": not approved")
                    .hasMessageContaining("lay that one, or one with a higher counter, signed with keys that count");
        }
        worksWith(first, sha256);
    }

    private void worksWith(VenuleProcess server, String sha256) throws Exception {
        try (var own = new Api(stack, server.address())) {
            eventually(() ->
                    own.get(NURSE, "/api/v1/library").expect(200).text("sha256").equals(sha256));
        }
    }

    private String nameOf(VenuleProcess server) {
        return server == second ? "second" : server == third ? "third" : "gateway-1";
    }

    // What the database says ----------------------------------------------------------------------------

    void pumpsAreSpreadEvenly(int servers) {
        var each = stack.pumps().size() / servers;
        eventually(() ->
                record.rows("SELECT count(*) FROM pump_lease JOIN replica ON life = holder GROUP BY holder").stream()
                        .map(row -> Integer.parseInt(row.getFirst()))
                        .toList()
                        .equals(IntStream.range(0, servers).mapToObj(i -> each).toList()));
    }

    List<FleetPump> pumpsOf(VenuleProcess server) throws SQLException {
        var serials = record.rows("SELECT pump FROM pump_lease WHERE holder LIKE ? || '-%'", nameOf(server)).stream()
                .map(List::getFirst)
                .toList();
        return stack.pumps().stream()
                .filter(pump -> serials.contains(pump.enrolment().serial().value()))
                .toList();
    }

    /** The queue for orders of the server that holds pumps now. */
    String queueOf(VenuleProcess server) throws SQLException {
        var life = record.rows("SELECT DISTINCT holder FROM pump_lease WHERE holder LIKE ? || '-%'", nameOf(server))
                .getFirst()
                .getFirst();
        return "venule.orders." + life.substring(0, life.lastIndexOf('/'));
    }

    String signedTextOf(String order) throws SQLException {
        return record.rows("SELECT signed FROM infusion_order WHERE id = ?", order)
                .getFirst()
                .getFirst();
    }

    OnRecord record() {
        return record;
    }

    void everyOrderHasADefiniteStateAndWasTakenOnce() throws SQLException {
        assertThat(
                        record.rows(
                                "SELECT id, state FROM infusion_order WHERE state NOT IN ('WAITING', 'RUNNING', 'DROPPED', 'EXPIRED')"))
                .isEmpty();
        assertThat(record.rows("SELECT order_id FROM pump_record WHERE event = 'OrderAccepted' GROUP BY order_id"
                        + " HAVING count(*) > 1"))
                .isEmpty();
        assertThat(record.rows("SELECT order_id FROM pump_record WHERE event = 'OrderAccepted'"))
                .hasSize(3);
    }

    // What a nurse sees and does ------------------------------------------------------------------------

    void everyServerShowsEveryPump() throws Exception {
        for (var server : List.of(first, second, third)) {
            try (var own = new Api(stack, server.address())) {
                eventually(() -> {
                    var said = own.get(NURSE, "/api/v1/pumps").expect(200).text();
                    return !said.contains("NEVER_HEARD") && !said.contains("LOST");
                });
            }
        }
    }

    /** Whether every channel of these pumps is live, by a report that is newer. */
    boolean areHeardSince(Instant moment, List<FleetPump> pumps) throws IOException, InterruptedException {
        for (var pump : pumps) {
            var path = "/api/v1/pumps/" + pump.enrolment().serial();
            for (var channel : api.get(NURSE, path).expect(200).json().path("channels")) {
                if (channel.path("state").asText().equals("LOST")
                        || !channel.has("reportedAt")
                        || !Instant.parse(channel.get("reportedAt").asText()).isAfter(moment)) {
                    return false;
                }
            }
        }
        return true;
    }

    String placedAndStarted(String prescription, FleetPump pump) throws Exception {
        var order = placed(prescription, pump, 1);
        new FrontPanelClient(pump.panel())
                .press(
                        1,
                        "start",
                        Map.of("badge", stack.keycloak().realm().user(NURSE).badge()));
        eventually(() -> stateOf(order).equals("RUNNING"));
        return order;
    }

    String placed(String prescription, FleetPump pump, int channel) throws Exception {
        var answer = place(prescription, pump, channel);
        return answer.expect(201).text("id");
    }

    /** The status of an attempt that may be refused. */
    int tried(String prescription, FleetPump pump) throws Exception {
        return place(prescription, pump, 1).status();
    }

    private Api.Answer place(String prescription, FleetPump pump, int channel) throws Exception {
        var form = new HashMap<String, Object>();
        form.put("wristband", labels.wristband(labels.patientOf(prescription)).text());
        form.put("bag", labels.bag(prescription).text());
        form.put(
                "pumpTag",
                labels.pump(pump.enrolment().serial().value(), channel).text());
        form.put("prescription", prescription);
        var verdict = api.post(NURSE, "/api/v1/orders/check", form).expect(200);
        form.put("displayed", verdict.text("displayed"));
        form.put("submission", UUID.randomUUID().toString());
        return api.post(NURSE, "/api/v1/orders", form);
    }

    String stateOf(String order) throws IOException, InterruptedException {
        return api.get(NURSE, "/api/v1/orders/" + order).expect(200).text("state");
    }

    private static void eventually(Callable<Boolean> held) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).until(held);
    }

    @Override
    public void close() {
        api.close();
    }
}
