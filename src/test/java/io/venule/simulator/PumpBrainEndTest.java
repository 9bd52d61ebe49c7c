package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.venule.pump.AlarmKind;
import io.venule.pump.ChannelState;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.SigningKey;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders to cancel act at once on the order they name and on no other; those to stop ask a person at the pump, and what runs runs on. Source: pump contract, "Order to cancel or stop". */
class PumpBrainEndTest {
    private final PumpRig rig = PumpRig.inRealTime();

    private String waiting() {
        var text = rig.order().signedBy(rig.keys().order());
        rig.submit(text);
        return text;
    }

    private String running() {
        var text = waiting();
        rig.brain().start(1, "NURSE-7");
        return text;
    }

    private OrderDraft end(String op, String target) {
        return OrderDraft.end(op, rig.order(), target);
    }

    private JsonObject last(String type) {
        return rig.events().stream()
                .filter(event -> PumpRig.text(event, "type").equals(type))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @Test
    void a_cancelled_order_leaves_the_display_without_a_key_pressed() {
        var order = waiting();

        var receipt = rig.submit(end("cancel", order));

        assertThat(PumpRig.code(receipt)).isEqualTo("ACCEPTED");
        assertThat(PumpRig.text(receipt, "before")).isEqualTo("ORDER_PENDING");
        assertThat(PumpRig.text(receipt, "after")).isEqualTo("IDLE");
        assertThat(rig.types()).endsWith("orderAccepted", "orderDropped");
        assertThat(PumpRig.text(last("orderDropped"), "cause")).isEqualTo("CANCELLED");
        assertThat(rig.codeFor(rig.order())).isEqualTo("ACCEPTED");
    }

    /** P-07: a backlog of refused orders must not make the pump forget the nonce that a stop was made with. */
    @ParameterizedTest(name = "{0} refused meanwhile")
    @ValueSource(ints = {15, 16, 17, 1_000})
    void a_stop_is_taken_however_many_orders_are_refused_between_its_challenge_and_it(int refused) {
        var target = running();
        var bad = rig.order().with("lease", "none");
        var stop = end("stop", target);
        for (int i = 0; i < refused; i++) {
            assertThat(rig.codeFor(bad)).isEqualTo("MALFORMED");
        }

        assertThat(rig.codeFor(stop)).isEqualTo("ACCEPTED");
    }

    @Test
    void a_cancel_that_comes_after_start_leaves_the_infusion_running() {
        var order = waiting();
        var cancel = end("cancel", order);
        rig.brain().start(1, "NURSE-7");

        assertThat(rig.codeFor(cancel)).isEqualTo("EXPECTATION");
        assertThat(rig.channel().rate()).isEqualTo("13.1");
    }

    @Test
    void a_stop_shows_who_asked_and_why_and_what_runs_runs_on() {
        var order = running();
        rig.pass(3_600_000);

        var receipt = rig.submit(end("stop", order).with("reason", "blood pressure fell"));

        assertThat(PumpRig.code(receipt)).isEqualTo("ACCEPTED");
        assertThat(PumpRig.text(receipt, "after")).isEqualTo("RUNNING");
        assertThat(rig.channel().rate()).isEqualTo("13.1");
        assertThat(rig.channel().stopAsked()).isEqualTo("Nurse nora asks to STOP (blood pressure fell)");
        assertThat(rig.types()).endsWith("orderAccepted");
    }

    @Test
    void a_person_at_the_pump_stops_what_a_stop_asked_for() {
        var order = running();
        rig.submit(end("stop", order));

        rig.brain().stop(1, "NURSE-7");

        assertThat(rig.channel().rate()).isEqualTo("0");
        assertThat(rig.channel().stopAsked()).isEmpty();
        assertThat(rig.types()).endsWith("orderAccepted", "stopped");
        assertThat(PumpRig.text(last("stopped"), "who")).isEqualTo("NURSE-7");
    }

    @Test
    void a_person_at_the_pump_turns_a_stop_away() {
        var order = running();
        rig.submit(end("stop", order));

        rig.brain().decline(1);

        assertThat(rig.channel().rate()).isEqualTo("13.1");
        assertThat(rig.channel().stopAsked()).isEmpty();
        assertThat(PumpRig.text(last("orderDropped"), "order")).isEqualTo("e".repeat(32));
        assertThat(PumpRig.text(last("orderDropped"), "cause")).isEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @CsvSource({"59999,true", "60000,false", "60001,false"})
    void a_stop_that_nobody_heeds_leaves_the_display_after_a_minute(long after, boolean there) {
        rig.submit(end("stop", running()));
        rig.pass(after);

        assertThat(rig.channel().stopAsked().isEmpty()).isNotEqualTo(there);
        assertThat(rig.channel().rate()).isEqualTo("13.1");
        assertThat(rig.types().getLast()).isEqualTo(there ? "orderAccepted" : "orderDropped");
    }

    @Test
    void a_stop_of_an_order_that_still_waits_takes_it_back() {
        var order = waiting();

        assertThat(rig.codeFor(end("stop", order))).isEqualTo("ACCEPTED");
        assertThat(rig.channel().state()).isEqualTo(ChannelState.IDLE);
        assertThat(rig.types()).endsWith("orderDropped");
    }

    @Test
    void a_stop_is_not_held_up_by_what_changed_on_the_pump_since() {
        var order = running();
        var stop = end("stop", order);
        rig.brain().setRate(1, "20", "NURSE-7", false);
        rig.brain().alarm(1, AlarmKind.OCCLUSION, true);

        assertThat(rig.codeFor(stop)).isEqualTo("ACCEPTED");
        assertThat(rig.channel().stopAsked()).isNotEmpty();
        assertThat(rig.channel().state()).isEqualTo(ChannelState.ALARM);
    }

    @Test
    void a_stop_is_shown_while_the_vein_is_kept_open_too() {
        var order = running();
        rig.pass(250L * 3_600_000 * 10 / 131 + 1_000);

        assertThat(rig.codeFor(end("stop", order))).isEqualTo("ACCEPTED");
        assertThat(rig.channel().stopAsked()).isNotEmpty();
        assertThat(rig.channel().state()).isEqualTo(ChannelState.KEEP_VEIN_OPEN);
    }

    @Test
    void a_stop_is_not_held_up_by_the_pumps_wall_clock() {
        var order = running();
        var stop = end("stop", order);
        rig.brain().setClock(3_600_000);

        assertThat(rig.codeFor(stop)).isEqualTo("ACCEPTED");
    }

    @Test
    void a_pump_that_took_over_another_library_since_still_asks() {
        var order = running();
        rig.load(LibraryText.release(2), 2);
        var stop = end("stop", order);

        assertThat(rig.codeFor(stop)).isEqualTo("ACCEPTED");
    }

    @ParameterizedTest
    @CsvSource({"29999,ACCEPTED", "30000,NONCE", "30001,NONCE"})
    void a_stop_that_was_held_back_dies_with_its_nonce(long after, String code) {
        var stop = end("stop", running());
        rig.pass(after);

        assertThat(rig.codeFor(stop)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"14999,ACCEPTED", "15000,ACCEPTED", "15001,MALFORMED"})
    void a_stop_that_would_live_longer_than_fifteen_seconds_is_none(long lifetime, String code) {
        var stop = end("stop", running());

        assertThat(rig.codeFor(stop.with("exp", rig.now() + lifetime))).isEqualTo(code);
    }

    @Test
    void a_stop_does_not_move_the_sequence_of_programs() {
        var order = running();
        var before = PumpRig.whole(rig.challenge(), "lastSeq");
        rig.submit(end("stop", order));
        rig.brain().stop(1, "NURSE-7");

        assertThat(PumpRig.whole(rig.challenge(), "lastSeq")).isEqualTo(before);
        assertThat(rig.codeFor(rig.order())).isEqualTo("ACCEPTED");
    }

    @Test
    void the_same_stop_again_gets_its_first_receipt_and_touches_nothing_that_runs_since() {
        var order = running();
        var stop = end("stop", order).signedBy(rig.keys().order());
        var first = rig.submit(stop);
        rig.brain().stop(1, "NURSE-7");
        running();

        var again = rig.submit(stop);

        assertThat(again).isEqualTo(first);
        assertThat(rig.channel().state()).isEqualTo(ChannelState.RUNNING);
        assertThat(rig.channel().stopAsked()).isEmpty();
    }

    @Test
    void a_stop_of_what_was_stopped_already_is_refused_and_the_next_infusion_runs_on() {
        var order = running();
        rig.submit(end("stop", order));
        rig.brain().stop(1, "NURSE-7");
        running();

        assertThat(rig.codeFor(end("stop", order).with("id", "d".repeat(32)))).isEqualTo("EXPECTATION");
        assertThat(rig.channel().stopAsked()).isEmpty();
        assertThat(rig.channel().rate()).isEqualTo("13.1");
    }

    private static Arguments one(String code, String what, UnaryOperator<OrderDraft> change) {
        return arguments(code, what, change);
    }

    static Stream<Arguments> changes() {
        var other = Digest.ofText("other").hex();
        return Stream.of(
                one("AUDIENCE", "serial", o -> o.inside("aud", "serial", Json.text("LV-00002"))),
                one("AUDIENCE", "channel", o -> o.inside("aud", "channel", Json.whole(2))),
                one("AUDIENCE", "epoch", o -> o.inside("aud", "epoch", Json.text("0".repeat(32)))),
                one("AUDIENCE", "record key", o -> o.inside("aud", "recordKey", Json.text(other))),
                one("NONCE", "a nonce never given", o -> o.with("nonce", "0".repeat(32))),
                one("EXPECTATION", "another text", o -> o.inside("target", "hash", Json.text(other))),
                one("EXPECTATION", "another id", o -> o.inside("target", "id", Json.text("f".repeat(32)))),
                one("MALFORMED", "no target", o -> o.without("target")),
                one("MALFORMED", "nobody", o -> o.approvedBy()),
                one("MALFORMED", "an empty reason", o -> o.with("reason", "")),
                one("MALFORMED", "a reason without end", o -> o.with("reason", "x".repeat(201))),
                one("MALFORMED", "a member of a program", o -> o.with("rate", OrderDraft.quantity("mL/h", "1"))),
                one("MALFORMED", "version", o -> o.with("ver", 2)),
                one("MALFORMED", "an operation nobody knows", o -> o.with("op", "halt")),
                one("MALFORMED", "key that did not sign", o -> o.with("kid", "0".repeat(16))));
    }

    @ParameterizedTest(name = "{0} for {1}")
    @MethodSource("changes")
    void a_stop_with_one_changed_member_is_refused_and_the_infusion_runs_on(
            String code, String what, UnaryOperator<OrderDraft> change) {
        var stop = end("stop", running());

        assertThat(rig.codeFor(change.apply(stop))).isEqualTo(code);
        assertThat(rig.channel().state()).isEqualTo(ChannelState.RUNNING);
        assertThat(rig.types()).endsWith("orderRejected");
    }

    @Test
    void only_an_order_key_asks_for_stop() {
        var stop = end("stop", running());

        assertThat(PumpRig.code(rig.submit(stop.signedBy(SigningKey.generate(new SecureRandom())))))
                .isEqualTo("SIGNATURE");
        assertThat(PumpRig.code(rig.submit(stop.signedBy(rig.keys().pharmacist()))))
                .isEqualTo("SIGNATURE");
        assertThat(rig.channel().rate()).isEqualTo("13.1");
    }

    @Test
    void a_stop_with_a_reason_is_a_stop() {
        var stop = end("stop", running());

        assertThat(rig.codeFor(stop.with("reason", "blood pressure fell"))).isEqualTo("ACCEPTED");
    }
}
