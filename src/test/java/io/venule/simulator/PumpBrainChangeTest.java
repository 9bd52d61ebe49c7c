package io.venule.simulator;

import static io.venule.simulator.OrderDraft.quantity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.venule.pump.AlarmKind;
import io.venule.pump.ChannelState;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders to change the rate: checked like a program, shown, and done by a person. Source: pump contract, "Order to change the rate"; T-33. */
class PumpBrainChangeTest {
    private final PumpRig rig = PumpRig.inRealTime();

    private String running() {
        var text = rig.order().signedBy(rig.keys().order());
        rig.submit(text);
        rig.brain().start(1, "NURSE-7");
        return text;
    }

    private OrderDraft change(String target) {
        return OrderDraft.change(rig.order(), target);
    }

    private static OrderDraft to(OrderDraft draft, String dose, String rate) {
        return draft.with("dose", quantity("ug/kg/min", dose)).with("rate", quantity("mL/h", rate));
    }

    private JsonObject last(String type) {
        return rig.events().stream()
                .filter(event -> PumpRig.text(event, "type").equals(type))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static String quantityOf(JsonObject event, String name) {
        return PumpRig.text((JsonObject) PumpRig.member(event, name), "value");
    }

    @Test
    void a_change_waits_on_the_display_while_the_infusion_goes_on() {
        var order = running();
        var before = rig.channel().stateVersion();

        var receipt = rig.submit(change(order));
        rig.pass(59_999);

        assertThat(PumpRig.code(receipt)).isEqualTo("ACCEPTED");
        assertThat(PumpRig.text(receipt, "after")).isEqualTo("RUNNING");
        assertThat(rig.channel().rate()).isEqualTo("13.1");
        assertThat(rig.channel().stateVersion()).isGreaterThan(before);
        assertThat(rig.channel().change()).isEqualTo("Change to 19.9 mL/h (7.6 mcg/kg/min), asked by Nurse nora");
        assertThat(rig.channel().startBefore()).isEqualTo(1);
    }

    @Test
    void start_carries_it_out_and_says_from_what_to_what_and_why() {
        var order = running();
        rig.submit(change(order));
        rig.pass(3_600_000 / 60);
        rig.submit(change(order));
        var changeId = PumpRig.text(last("orderAccepted"), "order");

        rig.brain().start(1, "NURSE-8");

        assertThat(rig.channel().rate()).isEqualTo("19.9");
        assertThat(rig.channel().state()).isEqualTo(ChannelState.RUNNING);
        assertThat(rig.types()).endsWith("orderAccepted", "confirmed", "rateChanged");
        assertThat(PumpRig.text(last("confirmed"), "order")).isEqualTo(changeId);
        var changed = last("rateChanged");
        assertThat(PumpRig.text(changed, "order")).isEqualTo(PumpRig.text(PumpRig.payload(order), "id"));
        assertThat(PumpRig.text(changed, "cause")).isEqualTo("ORDER");
        assertThat(PumpRig.text(changed, "who")).isEqualTo("NURSE-8");
        assertThat(quantityOf(changed, "from")).isEqualTo("13.1");
        assertThat(quantityOf(changed, "to")).isEqualTo("19.9");
    }

    @Test
    void the_infusion_stays_the_one_it_was_and_its_volume_goes_on() {
        var order = running();
        rig.pass(3_600_000);
        rig.submit(change(order));
        rig.brain().start(1, "NURSE-8");
        rig.pass(3_600_000);

        assertThat(rig.channel().infused()).isEqualTo("33");
        assertThat(PumpRig.text(rig.challenge(), "running"))
                .isEqualTo(Digest.ofText(order).hex());
        assertThat(rig.codeFor(change(order).with("id", "d".repeat(32)))).isEqualTo("ACCEPTED");
    }

    @ParameterizedTest
    @CsvSource({"59999,true", "60000,false", "60001,false"})
    void a_change_that_nobody_starts_is_dropped_and_the_infusion_goes_on(long after, boolean there) {
        rig.submit(change(running()));
        rig.pass(after);

        assertThat(rig.channel().change().isEmpty()).isNotEqualTo(there);
        assertThat(rig.types().contains("orderDropped")).isNotEqualTo(there);
        assertThat(rig.channel().rate()).isEqualTo("13.1");
    }

    static Stream<Arguments> disturbances() {
        return Stream.of(
                disturbance("another rate on the keypad", rig -> rig.brain().setRate(1, "14", "N", false), "14"),
                disturbance("a pause", rig -> rig.brain().pause(1), "0"),
                disturbance("an open door", rig -> rig.brain().door(1, true), "0"),
                disturbance("an occlusion", rig -> rig.brain().alarm(1, AlarmKind.OCCLUSION, true), "0"),
                disturbance("the STOP key", rig -> rig.brain().stop(1, "N"), "0"),
                disturbance("the NO key", rig -> rig.brain().decline(1), "13.1"));
    }

    private static Arguments disturbance(String what, Consumer<PumpRig> happens, String rate) {
        return arguments(what, happens, rate);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("disturbances")
    void whatever_else_changes_takes_the_change_off_the_display(String what, Consumer<PumpRig> happens, String rate) {
        rig.submit(change(running()));

        happens.accept(rig);

        assertThat(rig.channel().change()).isEmpty();
        assertThat(PumpRig.text(last("orderDropped"), "cause")).isEqualTo("CANCELLED");
        assertThat(rig.channel().rate()).isEqualTo(rate);
        assertThat(rig.brain().start(1, "N")).isInstanceOf(Pressed.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "20,52.5,ACCEPTED",
        "20.1,52.7,LIMIT",
        "30,78.7,LIMIT",
        "30.1,79,LIMIT",
        "0.9,2.3,ACCEPTED",
        "0.89,2.3,LIMIT",
        "7.6,20,LIMIT",
        "7.6,19.7,LIMIT",
        "7.6,19.95,LIMIT"
    })
    void a_new_dose_is_held_against_the_limits_that_the_infusion_started_under(String dose, String rate, String code) {
        var draft = to(change(running()), dose, rate);

        assertThat(rig.codeFor(draft)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"20.1,52.7,ACCEPTED", "30,78.7,ACCEPTED", "30.1,79,LIMIT"})
    void a_reason_leads_past_a_soft_limit_and_past_no_hard_one(String dose, String rate, String code) {
        var draft = to(change(running()), dose, rate).overridden("Titrating to effect");

        assertThat(rig.codeFor(draft)).isEqualTo(code);
    }

    private static Arguments one(String code, String what, UnaryOperator<OrderDraft> change) {
        return arguments(code, what, change);
    }

    static Stream<Arguments> changes() {
        var other = Digest.ofText("other").hex();
        return Stream.of(
                one("AUDIENCE", "epoch", o -> o.inside("aud", "epoch", Json.text("0".repeat(32)))),
                one("SEQUENCE", "a number too far", o -> o.with("seq", 3)),
                one("SEQUENCE", "another order before", o -> o.with("prev", other)),
                one("NONCE", "a nonce never given", o -> o.with("nonce", "0".repeat(32))),
                one("EXPECTATION", "state", o -> o.inside("expect", "state", Json.text("PAUSED"))),
                one("EXPECTATION", "state version", o -> o.inside("expect", "stateVersion", Json.whole(99))),
                one("EXPECTATION", "rate", o -> o.inside("expect", "rate", quantity("mL/h", "1"))),
                one("EXPECTATION", "another text", o -> o.inside("target", "hash", Json.text(other))),
                one("EXPECTATION", "another id", o -> o.inside("target", "id", Json.text("f".repeat(32)))),
                one("LIBRARY", "release", o -> o.inside("library", "counter", Json.whole(2))),
                one("LIBRARY", "hash", o -> o.inside("library", "sha256", Json.text(other))),
                one("LIBRARY", "limit set", o -> o.inside("library", "limitSet", Json.text("saline/icu/standard"))),
                one("LIMIT", "another dimension", o -> o.with("dose", quantity("mg/h", "31.92"))),
                one("MALFORMED", "a member of a program", o -> o.with("vtbi", quantity("mL", "250"))),
                one("MALFORMED", "no target", o -> o.without("target")),
                one("MALFORMED", "no rate", o -> o.without("rate")),
                one("MALFORMED", "one person twice", o -> o.approvedBy("nora", "nora")));
    }

    @ParameterizedTest(name = "{0} for {1}")
    @MethodSource("changes")
    void a_change_with_one_changed_member_is_refused_and_nothing_is_shown(
            String code, String what, UnaryOperator<OrderDraft> change) {
        var draft = change.apply(change(running()));

        assertThat(rig.codeFor(draft)).isEqualTo(code);
        assertThat(rig.channel().change()).isEmpty();
        assertThat(rig.channel().rate()).isEqualTo("13.1");
    }

    @ParameterizedTest
    @CsvSource({"0,LEASE", "1,ACCEPTED"})
    void a_server_whose_lease_went_to_another_changes_nothing(long lease, String code) {
        assertThat(rig.codeFor(change(running()).with("lease", lease))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"9,ROLLBACK", "10,ACCEPTED"})
    void a_server_whose_log_went_back_changes_nothing(long size, String code) {
        var log = Json.object().put("root", Digest.ofText("root")).put("size", size);

        assertThat(rig.codeFor(change(running()).with("log", log))).isEqualTo(code);
    }

    @Test
    void the_rate_set_by_hand_between_approval_and_arrival_refuses_the_change() {
        var draft = change(running());
        rig.brain().setRate(1, "14", "NURSE-7", false);

        assertThat(rig.codeFor(draft)).isEqualTo("EXPECTATION");
        assertThat(rig.channel().rate()).isEqualTo("14");
    }

    @Test
    void a_second_change_while_one_waits_is_refused() {
        var order = running();
        rig.submit(change(order));

        assertThat(rig.codeFor(change(order))).isEqualTo("BUSY");
    }

    @Test
    void what_runs_stays_on_its_release_of_the_library() {
        var order = running();
        var draft = change(order);
        rig.load(LibraryText.release(2), 2);

        assertThat(rig.codeFor(draft)).isEqualTo("ACCEPTED");
    }

    @Test
    void a_change_that_waits_can_be_taken_back_and_a_stop_asked_for_drops_it() {
        var order = running();
        var text = change(order).signedBy(rig.keys().order());
        rig.submit(text);

        assertThat(rig.codeFor(OrderDraft.end("cancel", rig.order(), text))).isEqualTo("ACCEPTED");
        assertThat(rig.channel().change()).isEmpty();
        assertThat(rig.channel().rate()).isEqualTo("13.1");
        rig.submit(change(order).with("id", "d".repeat(32)));
        assertThat(rig.codeFor(OrderDraft.end("stop", rig.order(), order).with("id", "c".repeat(32))))
                .isEqualTo("ACCEPTED");
        assertThat(rig.channel().change()).isEmpty();
        assertThat(rig.channel().rate()).isEqualTo("13.1");
    }

    @Test
    void a_dose_over_a_fixed_time_is_not_changed() {
        var text = rig.order()
                .with("drug", Json.object().put("code", "ceftriaxone").put("name", "ceftriaxone"))
                .with(
                        "concentration",
                        Json.object().put("amount", quantity("g", "1")).put("volume", quantity("mL", "50")))
                .with("dose", quantity("g", "1"))
                .with("duration", quantity("min", "30"))
                .with("rate", quantity("mL/h", "100"))
                .with("vtbi", quantity("mL", "50"))
                .without("weight")
                .inside("library", "limitSet", Json.text("ceftriaxone/icu/standard"))
                .signedBy(rig.keys().order());
        assertThat(PumpRig.code(rig.submit(text))).isEqualTo("ACCEPTED");
        rig.brain().start(1, "NURSE-7");

        var draft = OrderDraft.change(rig.order(), text)
                .inside("library", "limitSet", Json.text("ceftriaxone/icu/standard"))
                .with("dose", quantity("g", "1"))
                .with("rate", quantity("mL/h", "100"));
        assertThat(rig.codeFor(draft)).isEqualTo("LIMIT");
    }
}
