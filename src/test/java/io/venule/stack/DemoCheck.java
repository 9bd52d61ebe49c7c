package io.venule.stack;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.venule.simulator.FleetPump;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * The whole main job through the public interfaces only: REST with real tokens, label pictures through the upload, the pumps' front
 * panels. One order is accepted, confirmed, titrated and completed; one is refused for the wrong patient, one for a hard limit; one passes a
 * soft limit with a reason; the server is killed while a pump changes its rate; the log is exported, verified, then changed by a byte.
 */
final class DemoCheck {
    /** Simulated time runs faster; a machine under load needs its time too. */
    private static final Duration LATER = Duration.ofMinutes(2);

    private static final String NURSE = "nurse";
    private static final String ACCEPTED = "RX-1003";
    private static final String TOO_MUCH = "RX-1009";
    private static final String OVER_SOFT = "RX-1010";
    private static final String LONG_RUNNING = "RX-1011";

    private final VenuleStack stack;
    private final VenuleProcess venule;
    private final Api api;
    private final DemoWard ward;
    private final Transcript transcript;
    private final Path folder;

    DemoCheck(VenuleStack stack, VenuleProcess venule, Api api, Path folder) throws IOException {
        this.stack = stack;
        this.venule = venule;
        this.api = api;
        this.ward = new DemoWard(api);
        this.folder = folder;
        this.transcript = new Transcript(folder.resolve("transcript.json"), System.out);
    }

    /** Does it all; the first step that does not hold ends it. {@code since} is when the start began, by {@link System#nanoTime}. */
    void run(long since) throws Exception {
        transcript.step("nurse, pharmacist and auditor sign in with a browser's form", () -> signIns(since));
        transcript.step("ward entered through the API", () -> ward.enter(stack.pumps()));
        transcript.step("all pumps connected, with the library", this::pumpsConnected);
        var running = new ArrayList<String>();
        transcript.step("order accepted by the pump", () -> {
            running.add(placed(ACCEPTED, pump(0), ""));
            return running.getFirst();
        });
        acceptedOrder(running.getFirst());
        transcript.step("wrong patient refused", this::wrongPatient);
        transcript.step("dose above the hard limit refused", this::hardLimit);
        transcript.step("dose above the soft limit accepted with a reason", this::softOverride);
        new CrashSteps().run();
        transcript.step("label pictures kept", () -> {
            ward.write(folder.resolve("labels"));
            return folder.resolve("labels").toString();
        });
        new DemoLogCheck(api, folder, stack.folder().keys().resolve("root.pub")).run(transcript);
    }

    private String signIns(long since) throws IOException, InterruptedException {
        var home = stack.applicationAddress().resolve("/");
        for (var username : List.of(NURSE, "pharmacist", "auditor")) {
            var user = stack.keycloak().realm().user(username);
            if (!new SignInForm(home).as(user).contains(user.name())) {
                throw new IllegalStateException("the first page does not name " + user.name());
            }
        }
        return "signed in " + (System.nanoTime() - since) / 1_000_000_000 + " s after the start";
    }

    private FleetPump pump(int index) {
        return stack.pumps().get(index);
    }

    private static FrontPanelClient panel(FleetPump pump) {
        return new FrontPanelClient(pump.panel());
    }

    private String pumpsConnected() {
        eventually(LATER, () -> {
            for (var pump : stack.pumps()) {
                var panel = panel(pump).state();
                if (panel.get("libraryCounter").asLong() < 1) {
                    return false;
                }
                var status = api.get(NURSE, "/api/v1/pumps/" + pump.enrolment().serial());
                if (status.status() != 200 || status.text().contains("\"lost")) {
                    return false;
                }
            }
            return true;
        });
        return stack.pumps().size() + " pumps hold the active library";
    }

    // One order from scan to complete -------------------------------------------------------------

    private void acceptedOrder(String order) throws Exception {
        var panel = panel(pump(0));
        transcript.step("started at the pump, running on the server", () -> {
            panel.press(1, "start", Map.of("badge", badge()));
            state(order, "RUNNING");
            return panel.channel(1).get("rate").toString();
        });
        transcript.step("titrated at the pump, recorded by the server", () -> {
            panel.press(1, "rate", Map.of("rate", "14", "badge", badge(), "confirmed", "yes"));
            rateChange(order, "10", "14");
            return "10 mL/h to 14 mL/h";
        });
        transcript.step("completed", () -> {
            state(order, "COMPLETE");
            return "volume complete";
        });
    }

    private String badge() {
        return stack.keycloak().realm().user(NURSE).badge();
    }

    /** Pictures of the three labels through the upload, check, then order. Gives the order's id. */
    private String placed(String prescription, FleetPump pump, String reason) throws Exception {
        var scans = scans(ward.patientOf(prescription), prescription, pump);
        var verdict = api.post(NURSE, "/api/v1/orders/check", scans).expect(200);
        var wanted = reason.isEmpty() ? "READY" : "NEEDS_REASON";
        if (!verdict.text("verdict").equals(wanted)) {
            throw new IllegalStateException("verdict is not " + wanted + ": " + verdict.text());
        }
        scans.put("displayed", verdict.text("displayed"));
        scans.put("submission", UUID.randomUUID().toString());
        if (!reason.isEmpty()) {
            scans.put("override", reason);
        }
        var answer = api.post(NURSE, "/api/v1/orders", scans).expect(201);
        return answer.text("id");
    }

    /** What a scanner reads, found by the server in the label pictures. */
    private Map<String, Object> scans(String gsrn, String prescription, FleetPump pump) throws Exception {
        var scans = new LinkedHashMap<String, Object>();
        scans.put("wristband", read("WRISTBAND", ward.wristband(gsrn)));
        scans.put("bag", read("BAG", ward.bag(prescription)));
        scans.put("pumpTag", read("PUMP", ward.pump(pump.enrolment().serial().value(), 1)));
        scans.put("prescription", prescription);
        return scans;
    }

    private String read(String prompt, DemoWard.Label label) throws Exception {
        return api.postFile(
                        NURSE,
                        "/api/v1/scans/picture?prompt=" + prompt,
                        "image/png",
                        label.png().bytes())
                .expect(200)
                .text("text");
    }

    // Refusals ------------------------------------------------------------------------------------

    private String wrongPatient() throws Exception {
        var scans = scans(ward.patientOf(TOO_MUCH), ACCEPTED, pump(1));
        var verdict = api.post(NURSE, "/api/v1/orders/check", scans).expect(200);
        must(verdict.text("verdict").equals("MISPAIRED"), verdict);
        return refused(scans, "wrong-pairing");
    }

    private String hardLimit() throws Exception {
        var scans = scans(ward.patientOf(TOO_MUCH), TOO_MUCH, pump(1));
        var verdict = api.post(NURSE, "/api/v1/orders/check", scans).expect(200);
        must(verdict.text("verdict").equals("OUTSIDE_HARD_LIMITS"), verdict);
        scans.put("override", "CLINICAL_JUDGEMENT");
        return refused(scans, "hard-limit");
    }

    private String refused(Map<String, Object> scans, String problem) throws Exception {
        var verdict = api.post(NURSE, "/api/v1/orders/check", scans).expect(200);
        scans.put("displayed", verdict.text("displayed"));
        scans.put("submission", UUID.randomUUID().toString());
        var answer = api.post(NURSE, "/api/v1/orders", scans);
        must(answer.status() >= 400 && answer.problem().equals(problem), answer);
        must(panel(pump(1)).state().at("/channels/0/state").asText().equals("IDLE"), answer);
        return answer.status() + " " + answer.problem() + ": " + answer.text("detail");
    }

    private String softOverride() throws Exception {
        var scans = scans(ward.patientOf(OVER_SOFT), OVER_SOFT, pump(1));
        var verdict = api.post(NURSE, "/api/v1/orders/check", scans).expect(200);
        must(verdict.text("verdict").equals("NEEDS_REASON"), verdict);
        var bare = new LinkedHashMap<>(scans);
        bare.put("displayed", verdict.text("displayed"));
        bare.put("submission", UUID.randomUUID().toString());
        var without = api.post(NURSE, "/api/v1/orders", bare);
        must(without.status() >= 400 && without.problem().equals("reason-needed"), without);
        var reason = verdict.json().at("/reasons/0/code").asText();
        return placed(OVER_SOFT, pump(1), reason) + " with reason " + reason;
    }

    // The server dies while a pump changes its rate -------------------------------------------------

    private final class CrashSteps {
        private String order = "";

        void run() throws Exception {
            var panel = panel(pump(2));
            transcript.step("second infusion running", () -> {
                order = placed(LONG_RUNNING, pump(2), "");
                panel.press(1, "start", Map.of("badge", badge()));
                state(order, "RUNNING");
                return order;
            });
            transcript.step("server killed; the pump goes on and changes its rate", () -> {
                venule.kill();
                panel.press(1, "rate", Map.of("rate", "110", "badge", badge(), "confirmed", "yes"));
                panel.press(1, "rate", Map.of("rate", "95", "badge", badge(), "confirmed", "yes"));
                must(panel.channel(1).get("state").asText().equals("RUNNING"), panel.channel(1));
                return "100 to 110 to 95 mL/h";
            });
            transcript.step("server started again", () -> {
                venule.restart();
                return venule.address().toString();
            });
            transcript.step("both rate changes recorded once, in order", () -> {
                rateChange(order, "110", "95");
                var changes = rateChanges(order);
                must(changes.size() == 2, changes);
                must(holds(changes.getFirst(), "100", "110") && holds(changes.getLast(), "110", "95"), changes);
                return changes.size() + " changes";
            });
        }
    }

    // Looking ---------------------------------------------------------------------------------------

    private void state(String order, String wanted) {
        eventually(
                LATER,
                () -> api.get(NURSE, "/api/v1/orders/" + order).text("state").equals(wanted));
    }

    private void rateChange(String order, String from, String to) {
        eventually(LATER, () -> rateChanges(order).stream().anyMatch(change -> holds(change, from, to)));
    }

    private List<JsonNode> rateChanges(String order) throws Exception {
        var timeline =
                api.get("auditor", "/api/v1/audit/orders/" + order).expect(200).json();
        var entries = timeline.isArray() ? timeline : timeline.path("entries");
        var changes = new ArrayList<JsonNode>();
        for (var entry : entries) {
            if (entry.toString().contains("rateChanged")) {
                changes.add(entry);
            }
        }
        return changes;
    }

    private static boolean holds(JsonNode change, String from, String to) {
        return change.findValuesAsText("from").toString().contains(from)
                && change.findValuesAsText("to").toString().contains(to);
    }

    private static void eventually(Duration limit, Callable<Boolean> held) {
        await().atMost(limit)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(held);
    }

    private static void must(boolean held, Object seen) {
        if (!held) {
            throw new IllegalStateException("not as it must be: " + seen);
        }
    }
}
