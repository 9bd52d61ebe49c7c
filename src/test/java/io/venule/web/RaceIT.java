package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.order.OrderId;
import io.venule.order.Orders;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Json.JsonWhole;
import io.venule.signing.Jws;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Two nurses approve different doses for the same infusion within a millisecond, over the whole path: sign-in, record, broker and pump.
 * Dopamine on the rack's fourth channel. {@code -Drace.count=1000} for as many as the case asks for. T-34.
 */
@QuarkusTest
@WithTestResource(StackResource.class)
class RaceIT {
    private static final int RACES = Integer.getInteger("race.count", 10);
    private static final int MOST = RACES * 10;
    private static final long WITHIN_NANOS = 1_000_000;
    private static final String PRESCRIPTION = "RX-1006";
    private static final int CHANNEL = 4;
    private static final List<String> NURSES = List.of("nurse", "nurse2");
    /** What the pump can give nearly exactly, in mcg/kg/min. */
    private static final List<String> DOSES = List.of("8.9", "9.8", "10.7", "11.6", "12.5");

    private static final Duration SOON = Duration.ofSeconds(20);

    @Nullable
    VenuleStack stack;

    @Inject
    Orders orders;

    /** One of two: who wants what, when it was sent, and what came back. */
    private record Sent(String tap, long at, Api.Answer answer) {}

    @Test
    void of_two_doses_approved_within_a_millisecond_exactly_one_goes_and_the_numbers_have_no_gap() throws Exception {
        var running = Objects.requireNonNull(stack);
        try (var ward = WardAtWork.in(running);
                var api = new Api(running);
                var nurses = Executors.newFixedThreadPool(NURSES.size())) {
            var infusion = placed(ward, api);
            ward.press(WardAtWork.RACK, CHANNEL, "start");
            await().atMost(SOON).until(() -> state(infusion).equals("RUNNING"));

            var texts = new ArrayList<>(List.of(text(infusion)));
            int within = 0;
            for (int race = 0; within < RACES; race++) {
                assertThat(race).as("races of which " + within + " were close").isLessThan(MOST);
                var both = raced(api, nurses, infusion, race);
                if (Math.abs(both.getFirst().at() - both.getLast().at()) < WITHIN_NANOS) {
                    within++;
                }
                texts.add(text(theOneThatWon(both)));
                takenBack(api, both);
            }

            assertThat(texts).satisfies(RaceIT::isOneChain);
            ward.press(WardAtWork.RACK, CHANNEL, "stop");
            await().atMost(SOON).until(() -> state(infusion).equals("STOPPED"));
        }
    }

    /** The rack gives it less exactly than the library wants, so that a reason is needed, and for that a second person. */
    private static String placed(WardAtWork ward, Api api) throws IOException, InterruptedException {
        var form = new HashMap<String, Object>(Map.of(
                "wristband", ward.band(PRESCRIPTION),
                "bag", ward.bag(PRESCRIPTION),
                "pumpTag", ward.tag(WardAtWork.RACK, CHANNEL),
                "override", "TITRATING_TO_EFFECT"));
        assertThat(sent(api, NURSES.getFirst(), form).problem()).isEqualTo("second-person-needed");
        return sent(api, NURSES.getLast(), form).expect(201).text("id");
    }

    private static Api.Answer sent(Api api, String nurse, Map<String, Object> form)
            throws IOException, InterruptedException {
        await().atMost(Duration.ofSeconds(90))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> {
                    var shown = api.post(nurse, "/api/v1/orders/check", form)
                            .expect(200)
                            .text("displayed");
                    form.put("displayed", shown);
                    return !shown.equals(Digest.NONE.hex());
                });
        form.put("submission", UUID.randomUUID().toString());
        return api.post(nurse, "/api/v1/orders", form);
    }

    private static List<Sent> raced(Api api, ExecutorService nurses, String infusion, int race) throws Exception {
        var start = new CyclicBarrier(NURSES.size());
        var path = "/api/v1/orders/" + infusion + "/rate";
        var sending = new ArrayList<java.util.concurrent.Future<Sent>>();
        for (int i = 0; i < NURSES.size(); i++) {
            var nurse = NURSES.get(i);
            var value = DOSES.get((race + i) % DOSES.size());
            var shown = api.post(nurse, path + "/check", Map.of("value", value)).expect(200);
            assertThat(shown.text("verdict")).as(shown.text()).isEqualTo("READY");
            var tap = UUID.randomUUID().toString().replace("-", "");
            var form = Map.of("value", value, "displayed", shown.text("displayed"), "submission", tap);
            sending.add(nurses.submit(() -> {
                start.await();
                var at = System.nanoTime();
                return new Sent(tap, at, api.post(nurse, path, form));
            }));
        }
        var both = new ArrayList<Sent>();
        for (var one : sending) {
            both.add(one.get());
        }
        return both;
    }

    /** Its id; the other is told so, and nothing of it is on record. */
    private String theOneThatWon(List<Sent> both) {
        assertThat(both)
                .extracting(sent -> sent.answer().status())
                .as(() -> both.getFirst().answer().text()
                        + both.getLast().answer().text())
                .containsExactlyInAnyOrder(201, 409);
        var winner = won(both);
        var loser = both.getFirst().equals(winner) ? both.getLast() : both.getFirst();
        var id = winner.answer().text("id");
        assertThat(loser.answer().problem()).isEqualTo("channel-busy");
        assertThat(loser.answer().text("detail")).contains(id);
        assertThat(orders.bySubmission(loser.tap())).isEmpty();
        assertThat(orders.bySubmission(winner.tap()).orElseThrow().id().value()).isEqualTo(id);
        return id;
    }

    private static Sent won(List<Sent> both) {
        return both.getFirst().answer().status() == 201 ? both.getFirst() : both.getLast();
    }

    /** So that the next two find the infusion as it was. */
    private void takenBack(Api api, List<Sent> both) throws Exception {
        var id = won(both).answer().text("id");
        api.post(NURSES.getFirst(), "/api/v1/orders/" + id + "/cancel", Map.of("reason", "NOT_NEEDED"))
                .expect(200);
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> state(id).equals("DROPPED"));
    }

    /** Each has the next number and names the one before it by its hash. */
    private static void isOneChain(List<? extends String> texts) {
        for (int i = 1; i < texts.size(); i++) {
            var before = payload(texts.get(i - 1));
            var order = payload(texts.get(i));
            assertThat(whole(order, "seq")).as("order " + i).isEqualTo(whole(before, "seq") + 1);
            assertThat(order.members().get("prev"))
                    .as("order " + i)
                    .isEqualTo(new JsonText(Digest.ofText(texts.get(i - 1)).hex()));
        }
    }

    private static JsonObject payload(String signed) {
        var bytes = Jws.unverifiedPayload(signed).orElseThrow();
        return (JsonObject) ((CanonicalJson.Parsed.Ok) CanonicalJson.parseCanonical(bytes)).value();
    }

    private static long whole(JsonObject order, String name) {
        return ((JsonWhole) Objects.requireNonNull(order.members().get(name))).value();
    }

    private String text(String order) {
        return orders.find(new OrderId(order)).orElseThrow().signed();
    }

    private String state(String order) {
        return orders.find(new OrderId(order)).orElseThrow().state().name();
    }
}
