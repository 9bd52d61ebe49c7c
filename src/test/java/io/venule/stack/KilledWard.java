package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.pump.PumpSerial;
import io.venule.signing.Digest;
import io.venule.simulator.FleetPump;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/** A server that is killed and started again, a nurse who taps and taps again, and pumps at whose displays somebody looks. */
final class KilledWard implements AutoCloseable {
    /** An order that never arrived is void after 60 s, and a session that was cut stays at the pump for two minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final String NURSE = "nurse";
    private static final String PRESCRIPTION = "RX-1011";
    private static final List<String> IN_DOUBT = List.of("APPROVED", "UNCONFIRMED");

    private final VenuleStack stack;
    private final StepDoors doors;
    private final VenuleProcess venule;
    private final Api api;
    private final DemoWard labels;
    private final OnRecord record;
    private final Deque<Place> free = new ArrayDeque<>();
    private final List<Tap> taps = new ArrayList<>();
    private final List<Doubt> doubts = new ArrayList<>();
    private final Map<PumpSerial, Integer> moved = new HashMap<>();

    /** A channel of a pump, and what its display shows. */
    record Place(FleetPump pump, int channel) {
        @Override
        public String toString() {
            return pump.enrolment().serial() + "/" + channel;
        }

        FrontPanelClient panel() {
            return new FrontPanelClient(pump.panel());
        }

        boolean isIdle() throws IOException, InterruptedException {
            return panel().channel(channel).get("state").asText().equals("IDLE");
        }
    }

    /** A form on the nurse's page, sent by each of her taps. */
    record Tap(Place place, Map<String, Object> form) {
        Tap {
            form = Map.copyOf(form);
        }

        String submission() {
            return String.valueOf(form.get("submission"));
        }

        /** Of the one order that may take the place of a refused one. */
        String anew() {
            return Digest.ofText("anew " + submission()).hex().substring(0, 32);
        }
    }

    /** An order of which the pump shows nothing, and the record does not know that yet. */
    private record Doubt(Tap tap, String order) {}

    KilledWard(VenuleStack stack, StepDoors doors) throws Exception {
        this.stack = stack;
        this.doors = doors;
        this.record = new OnRecord(stack);
        this.venule = VenuleProcess.start(stack, doors.settings());
        this.api = new Api(stack);
        this.labels = new DemoWard(api);
        labels.enter(stack.pumps());
        for (int channel = 1; channel < doorOf(stack.pumps().getFirst()); channel++) {
            for (var pump : stack.pumps()) {
                free.add(new Place(pump, channel));
            }
        }
    }

    // The server --------------------------------------------------------------------------------------

    /** Dead, with nothing of it left in the database but what was committed. */
    void kill() throws InterruptedException {
        venule.kill();
        doors.clear();
        eventually(
                "the database lets go of the dead server",
                () -> record.rows(
                                "SELECT pid FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid()")
                        .isEmpty());
    }

    void restart() throws IOException, InterruptedException {
        venule.restart();
    }

    // The nurse ---------------------------------------------------------------------------------------

    /** Three scans on a free channel, and the verdict that the order can be sent. */
    Tap shown() throws Exception {
        if (free.isEmpty()) {
            doubtsEnd();
        }
        var place = free.remove();
        var form = new HashMap<String, Object>();
        form.put("wristband", labels.wristband(labels.patientOf(PRESCRIPTION)).text());
        // A bag of its own: the serial number stands at the end.
        form.put("bag", labels.bag(PRESCRIPTION).text() + taps.size());
        form.put(
                "pumpTag",
                labels.pump(place.pump().enrolment().serial().value(), place.channel())
                        .text());
        form.put("prescription", PRESCRIPTION);
        var verdict = eventually(
                "the order can be sent to " + place,
                () -> api.post(NURSE, "/api/v1/orders/check", form).expect(200),
                said -> said.text("verdict").equals("READY"));
        form.put("displayed", verdict.text("displayed"));
        form.put("submission", UUID.randomUUID().toString().replace("-", ""));
        var tap = new Tap(place, form);
        taps.add(tap);
        return tap;
    }

    /** Her tap; empty if the server died before it answered. */
    CompletableFuture<Optional<Api.Answer>> sends(Tap tap) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Optional.of(post(tap));
                    } catch (IOException dead) {
                        return Optional.empty();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new CompletionException(e);
                    }
                },
                work -> Thread.ofVirtual().start(work));
    }

    private Api.Answer post(Tap tap) throws IOException, InterruptedException {
        return api.post(NURSE, "/api/v1/orders", tap.form());
    }

    /** Her next taps on the same page, until one is answered with an order; its id. */
    String sendsAgain(Tap tap) {
        return eventually("an order on " + tap.place(), () -> post(tap), KilledWard::isAnOrder)
                .text("id");
    }

    /** Until the server has heard of the pump, it may say so; nothing was sent then. It has no other reason to refuse. */
    private static boolean isAnOrder(Api.Answer answer) {
        if (answer.status() < 300) {
            return true;
        }
        assertThat(answer.problem()).as(answer.text()).isIn("wrong-pairing", "pump-not-ready");
        if (answer.problem().equals("wrong-pairing")) {
            assertThat(answer.json().path("mismatches").findValuesAsText("type"))
                    .as(answer.text())
                    .containsOnly("PumpNotReachable");
        } else {
            assertThat(answer.text("detail")).startsWith("The pump does not answer");
        }
        return false;
    }

    private String stateOf(String order) throws IOException, InterruptedException {
        return api.get(NURSE, "/api/v1/orders/" + order).expect(200).text("state");
    }

    // What became of it ---------------------------------------------------------------------------------

    /** Waits until it is known, or until it is clear that the pump has nothing of it; what waits there is declined, so that the channel is free. */
    void settles(Tap tap, String order) throws Exception {
        eventually(
                order + " is known",
                () -> !IN_DOUBT.contains(stateOf(order)) || tap.place().isIdle());
        if (IN_DOUBT.contains(stateOf(order))) {
            doubts.add(new Doubt(tap, order));
            return;
        }
        ends(tap, order);
    }

    private void ends(Tap tap, String order) throws Exception {
        var place = tap.place();
        var state = stateOf(order);
        // Dropped by the pump itself, where its session was away for so long that nobody could start it any more.
        assertThat(state).as("%s on %s", order, place).isIn("WAITING", "REJECTED", "EXPIRED", "DROPPED");
        recordAndPumpsAgree();
        if (state.equals("WAITING")) {
            assertThat(waitingAtPumps()).containsEntry(place.toString(), order);
            assertThat(sendsAgain(tap)).isEqualTo(order);
            place.panel().press(place.channel(), "decline", Map.of());
            eventually(order + " is dropped", () -> stateOf(order).equals("DROPPED"));
        }
        assertThat(place.isIdle()).as("%s is free", place).isTrue();
        assertThat(acceptedOf(tap)).hasSizeLessThanOrEqualTo(1);
        free.add(place);
    }

    /** The orders of which the pump showed nothing are over: it says that it never saw them, or that they waited there in vain. */
    void doubtsEnd() throws Exception {
        for (var doubt : doubts) {
            eventually(doubt.order() + " is in doubt no longer", () -> !IN_DOUBT.contains(stateOf(doubt.order())));
            ends(doubt.tap(), doubt.order());
        }
        doubts.clear();
    }

    /** How many orders were on record and never at a pump. */
    long expired() throws SQLException {
        return firsts("SELECT id FROM infusion_order WHERE state = 'EXPIRED'").size();
    }

    /** What is on record of a tap: one order, and beside a refused one perhaps another. */
    List<String> ordersOf(Tap tap) throws SQLException {
        return firsts("SELECT id FROM infusion_order WHERE submission IN (?, ?)", tap.submission(), tap.anew());
    }

    private List<String> acceptedOf(Tap tap) throws SQLException {
        return firsts(
                "SELECT sequence FROM pump_record JOIN infusion_order ON id = order_id"
                        + " WHERE event = 'OrderAccepted' AND submission IN (?, ?)",
                tap.submission(),
                tap.anew());
    }

    private List<String> firsts(String sql, String... texts) throws SQLException {
        return record.rows(sql, texts).stream().map(List::getFirst).toList();
    }

    private void recordAndPumpsAgree() {
        eventually("record and displays agree", () -> waitingOnRecord().equals(waitingAtPumps()));
    }

    /** The order that waits on each channel; two on one fail. */
    private Map<String, String> waitingOnRecord() throws SQLException {
        var waiting = new TreeMap<String, String>();
        for (var row : record.rows(
                "SELECT pump || '/' || channel, id FROM infusion_order WHERE state IN ('WAITING', 'RUNNING')")) {
            assertThat(waiting.put(row.getFirst(), row.getLast()))
                    .as(row.getFirst())
                    .isNull();
        }
        return waiting;
    }

    private Map<String, String> waitingAtPumps() throws IOException, InterruptedException {
        var waiting = new TreeMap<String, String>();
        for (var pump : stack.pumps()) {
            for (var channel : new FrontPanelClient(pump.panel()).state().get("channels")) {
                if (!channel.get("state").asText().equals("IDLE")) {
                    waiting.put(
                            pump.enrolment().serial() + "/"
                                    + channel.get("channel").asInt(),
                            channel.get("orderId").asText());
                }
            }
        }
        return waiting;
    }

    // At the end ----------------------------------------------------------------------------------------

    /** Each tap made one order; each order was taken once at most, and none while another waited there. */
    void everyTapMadeOneOrderThatWasTakenOnceAtMost() throws SQLException {
        var anew = taps.stream().map(Tap::anew).toList();
        assertThat(firsts("SELECT submission FROM infusion_order").stream()
                        .filter(submission -> !anew.contains(submission)))
                .containsExactlyInAnyOrderElementsOf(
                        taps.stream().map(Tap::submission).toList());
        var waiting = new HashMap<String, String>();
        for (var row : record.rows("SELECT pump || '/' || channel, event, order_id FROM pump_record"
                + " WHERE event IN ('OrderAccepted', 'OrderDropped') ORDER BY pump, sequence")) {
            var before = row.get(1).equals("OrderAccepted")
                    ? waiting.put(row.getFirst(), row.getLast())
                    : waiting.remove(row.getFirst());
            assertThat(before)
                    .as("before %s", row)
                    .isEqualTo(row.get(1).equals("OrderAccepted") ? null : row.getLast());
        }
        assertThat(waiting).isEmpty();
        assertThat(firsts("SELECT order_id FROM pump_record WHERE event = 'OrderAccepted'"))
                .doesNotHaveDuplicates();
    }

    /** Somebody opens or shuts a door of each pump: a record of each, whoever listens. */
    void doorsMove() throws IOException, InterruptedException {
        for (var pump : stack.pumps()) {
            var count = moved.merge(pump.enrolment().serial(), 1, Integer::sum);
            new FrontPanelClient(pump.panel())
                    .press(doorOf(pump), "door", Map.of("open", count % 2 == 1 ? "yes" : "no"));
        }
    }

    private static int doorOf(FleetPump pump) {
        return pump.enrolment().channels();
    }

    void everyRecordIsThereOnceAndInOrder() throws SQLException {
        record.everyDoorIsThereOnceAndInOrder(moved);
    }

    void theLogChecks() throws Exception {
        var folder = stack.folder().root().resolve("export");
        new DemoLogCheck(api, folder).run(new Transcript(folder.resolve("transcript.json"), System.out));
    }

    private static void eventually(String what, Callable<Boolean> held) {
        eventually(what, held, Boolean::booleanValue);
    }

    private static <T> T eventually(String what, Callable<T> asked, Predicate<T> held) {
        return await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(asked, held);
    }

    @Override
    public void close() {
        api.close();
    }
}
