package io.venule.stack;

import static io.venule.stack.Tap.COLLEAGUE;
import static io.venule.stack.Tap.NURSE;
import static io.venule.stack.Tap.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.pump.PumpSerial;
import io.venule.simulator.FleetPump;
import io.venule.stack.Tap.Place;
import io.venule.stack.Tap.Sort;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** What an infusion of that prescription is to be changed to, in mL/h, and what is to be given of the other one at once, in mg. */
    private static final Map<Sort, String> WANTED = Map.of(Sort.RATE, "110", Sort.BOLUS, "10");

    private static final List<String> IN_DOUBT = List.of("APPROVED", "UNCONFIRMED");

    private final VenuleStack stack;
    private final StepDoors doors;
    private final VenuleProcess venule;
    private final DemoWard labels;
    private final OnRecord record;
    private final KilledEnds ends = new KilledEnds(this);
    private final Deque<Place> free = new ArrayDeque<>();
    private final Map<Place, Infusion> infusions = new LinkedHashMap<>();
    /** What runs and can be changed so. */
    private final Map<Sort, Deque<Place>> unchanged = new EnumMap<>(Sort.class);

    private final List<Tap> taps = new ArrayList<>();
    private final List<Doubt> doubts = new ArrayList<>();
    private final Map<PumpSerial, Integer> moved = new HashMap<>();
    private final Api api;
    /** Both nurses, as they signed in last. */
    private Api bedside;

    /** What runs under this order, at that rate until somebody presses a key. */
    private record Infusion(String order, String rate) {}

    /** An order of which the pump shows nothing, and the record does not know that yet. */
    private record Doubt(Tap tap, String order) {}

    KilledWard(VenuleStack stack, StepDoors doors) throws Exception {
        this.stack = stack;
        this.doors = doors;
        this.record = new OnRecord(stack);
        this.venule = VenuleProcess.start(stack, doors.settings());
        this.api = new Api(stack);
        this.bedside = new Api(stack);
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

    /** What the nurse has before her when the server said that it can be sent; where two are needed, the colleague has tapped already. */
    Tap shown(Sort sort) throws Exception {
        var tap = sort.changes() ? changing(sort) : scanned(sort);
        if (sort.needsTwo()) {
            // Both must have signed in a short while ago.
            bedside.close();
            bedside = new Api(stack);
            assertThat(bedside.post(COLLEAGUE, tap.path(), tap.colleagues()).problem())
                    .isEqualTo("second-person-needed");
        }
        taps.add(tap);
        return tap;
    }

    /** Three scans on a free channel. */
    private Tap scanned(Sort sort) throws Exception {
        return ready(sort, sort.prescription());
    }

    private Tap ready(Sort sort, String prescription) throws Exception {
        if (free.isEmpty()) {
            doubtsEnd();
        }
        var place = free.remove();
        var form = new HashMap<String, Object>();
        form.put("wristband", labels.wristband(labels.patientOf(prescription)).text());
        form.put("bag", labels.bag(prescription, "BAG" + taps.size()).text());
        form.put(
                "pumpTag",
                labels.pump(place.pump().enrolment().serial().value(), place.channel())
                        .text());
        form.put("prescription", prescription);
        return ready(sort, place, ORDERS, form);
    }

    private Tap changing(Sort sort) throws Exception {
        var places = unchanged.getOrDefault(sort, new ArrayDeque<>());
        if (places.isEmpty()) {
            doubtsEnd();
        }
        var place = places.remove();
        heard(place);
        var path = ORDERS + "/" + infusionAt(place) + (sort == Sort.BOLUS ? "/bolus" : "/rate");
        return ready(sort, place, path, new HashMap<>(Map.of("value", WANTED.getOrDefault(sort, ""))));
    }

    String infusionAt(Place place) {
        return Objects.requireNonNull(infusions.get(place)).order();
    }

    void heard(Place place) {
        eventually(place + " is heard", () -> isHeard(place.pump().enrolment().serial()));
    }

    /** A change is judged by what is on record; whether the pump can be reached shows when it is sent. */
    private boolean isHeard(PumpSerial pump) throws IOException, InterruptedException {
        var said = api.get(NURSE, "/api/v1/pumps/" + pump).expect(200).text();
        return !said.contains("NEVER_HEARD") && !said.contains("\"lost");
    }

    private Tap ready(Sort sort, Place place, String path, Map<String, Object> form) {
        var verdict = eventually(
                "an order can be sent to " + place,
                () -> bedside.post(NURSE, path + "/check", form).expect(200),
                said -> said.text("verdict").equals("READY"));
        form.put("displayed", verdict.text("displayed"));
        form.put("submission", UUID.randomUUID().toString().replace("-", ""));
        return new Tap(sort, place, path, form);
    }

    /** An infusion on each pump for each sort of change, so that there is something to change. */
    void infuses() throws Exception {
        for (var sort : WANTED.keySet()) {
            for (int i = 0; i < stack.pumps().size(); i++) {
                var tap = ready(Sort.PROGRAM, sort.prescription());
                taps.add(tap);
                var order = sendsAgain(tap);
                var place = tap.place();
                place.panel().press(place.channel(), "start", Map.of("badge", "N1"));
                eventually(order + " runs", () -> stateOf(order).equals("RUNNING"));
                var rate = place.panel().channel(place.channel()).get("rate").asText();
                infusions.put(place, new Infusion(order, rate));
                unchanged.computeIfAbsent(sort, none -> new ArrayDeque<>()).add(place);
            }
        }
    }

    int infusions() {
        return infusions.size();
    }

    /** Where something runs whose rate can be changed. */
    Place running() {
        return unchanged.getOrDefault(Sort.RATE, new ArrayDeque<>()).getFirst();
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

    Api.Answer post(Tap tap) throws IOException, InterruptedException {
        return bedside.post(NURSE, tap.path(), tap.form());
    }

    /** Her next taps on the same page, until one is answered with an order; its id. */
    String sendsAgain(Tap tap) {
        return eventually(
                        "an order on " + tap.place(),
                        () -> tap.sort().needsTwo() ? postByTwo(tap) : post(tap),
                        answer -> isAnOrder(tap, answer))
                .text("id");
    }

    /** Where the colleague's tap was used up and no order is on record, the nurse's is the first of two now, and the colleague sends; the nurse is told so, or that the channel is taken. */
    private Api.Answer postByTwo(Tap tap) throws IOException, InterruptedException {
        var nurses = post(tap);
        return nurses.status() < 300 || isNotHeard(nurses)
                ? nurses
                : bedside.post(COLLEAGUE, tap.path(), tap.colleagues());
    }

    /** Until the server has heard of the pump, it may say so; nothing was sent then. It has no other reason to refuse, unless two are needed and have not both tapped. */
    static boolean isAnOrder(Tap tap, Api.Answer answer) {
        if (answer.status() < 300) {
            return true;
        }
        assertThat(isNotHeard(answer)
                        || (tap.sort().needsTwo() && answer.problem().equals("second-person-needed")))
                .as(answer.text())
                .isTrue();
        return false;
    }

    static boolean isNotHeard(Api.Answer answer) {
        return switch (answer.problem()) {
            case "wrong-pairing" ->
                answer.json().path("mismatches").findValuesAsText("type").stream()
                        .allMatch("PumpNotReachable"::equals);
            case "pump-not-ready" -> answer.text("detail").startsWith("The pump does not answer");
            default -> false;
        };
    }

    String stateOf(String order) throws IOException, InterruptedException {
        return api.get(NURSE, "/api/v1/orders/" + order).expect(200).text("state");
    }

    // What became of it ---------------------------------------------------------------------------------

    OnRecord record() {
        return record;
    }

    /** Orders that end another one. */
    KilledEnds ends() {
        return ends;
    }

    /** Waits until it is known, or until it is clear that the pump has nothing of it; what waits there is declined, so that the channel is free. */
    void settles(Tap tap, String order) throws Exception {
        eventually(
                order + " is known",
                () -> !IN_DOUBT.contains(stateOf(order)) || tap.place().showsNone(tap.sort()));
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
            assertThat(place.showsNone(tap.sort())).isFalse();
            assertThat(sendsAgain(tap)).isEqualTo(order);
            place.panel().press(place.channel(), "decline", Map.of());
            eventually(order + " is dropped", () -> stateOf(order).equals("DROPPED"));
        }
        assertThat(place.showsNone(tap.sort())).as("%s is free", place).isTrue();
        assertThat(record.acceptedOf(tap)).hasSizeLessThanOrEqualTo(1);
        nothingChangedByItself();
        isFreeAgain(tap);
    }

    /** For the next order of this sort. */
    void isFreeAgain(Tap tap) {
        (tap.sort().changes() ? unchanged.getOrDefault(tap.sort(), new ArrayDeque<>()) : free).add(tap.place());
    }

    /** The orders of which the pump showed nothing are over: it says that it never saw them, or that they waited there in vain. */
    void doubtsEnd() throws Exception {
        for (var doubt : doubts) {
            eventually(doubt.order() + " is in doubt no longer", () -> !IN_DOUBT.contains(stateOf(doubt.order())));
            ends(doubt.tap(), doubt.order());
        }
        doubts.clear();
    }

    void recordAndPumpsAgree() {
        eventually("record and displays agree", () -> record.waiting().equals(onDisplays()));
    }

    private Map<String, String> onDisplays() throws IOException, InterruptedException {
        var waiting = new TreeMap<String, String>();
        for (var pump : stack.pumps()) {
            for (var channel : new FrontPanelClient(pump.panel()).state().get("channels")) {
                var name =
                        pump.enrolment().serial() + "/" + channel.get("channel").asInt();
                if (!channel.get("state").asText().equals("IDLE")) {
                    waiting.put(name, channel.get("orderId").asText());
                }
                if (!channel.get("change").asText().isEmpty()) {
                    waiting.put(name + " changed", channel.get("orderId").asText());
                }
            }
        }
        return waiting;
    }

    /** Nobody pressed START for another rate. */
    void nothingChangedByItself() throws IOException, InterruptedException {
        for (var infusion : infusions.entrySet()) {
            var place = infusion.getKey();
            var shown = place.panel().channel(place.channel());
            assertThat(shown.get("rate").asText())
                    .as("%s", place)
                    .isEqualTo(infusion.getValue().rate());
            assertThat(shown.get("bolus").asText()).as("%s", place).isEmpty();
        }
    }

    // At the end ----------------------------------------------------------------------------------------

    void everyTapMadeOneOrderThatWasTakenOnceAtMost() throws SQLException {
        record.everyTapMadeOneOrderThatWasTakenOnceAtMost(taps);
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
        new DemoLogCheck(api, folder, stack.folder().keys().resolve("root.pub"))
                .run(new Transcript(folder.resolve("transcript.json"), System.out));
    }

    static void eventually(String what, Callable<Boolean> held) {
        eventually(what, held, Boolean::booleanValue);
    }

    static <T> T eventually(String what, Callable<T> asked, Predicate<T> held) {
        return await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(asked, held);
    }

    @Override
    public void close() {
        bedside.close();
        api.close();
    }
}
