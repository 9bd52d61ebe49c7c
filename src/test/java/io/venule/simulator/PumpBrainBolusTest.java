package io.venule.simulator;

import static io.venule.simulator.OrderDraft.quantity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.venule.pump.AlarmKind;
import io.venule.pump.ChannelState;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A bolus from the running bag: checked, shown, started by a person, given once, and never given again. 3.5 mL at 131 mL/h take
 * 96,184 ms. Source: pump contract, "Order to give a bolus"; T-51.
 */
class PumpBrainBolusTest {
    private static final long GIVEN_AFTER = 96_184;

    private final PumpRig rig = PumpRig.empty();

    private String running() {
        return running("250");
    }

    private String running(String toInfuse) {
        rig.load(LibraryText.releaseWithBolus(1, "never"), 1);
        var text = rig.order()
                .with("vtbi", quantity("mL", toInfuse))
                .signedBy(rig.keys().order());
        rig.submit(text);
        rig.brain().start(1, "NURSE-7");
        return text;
    }

    private OrderDraft bolus(String target) {
        return OrderDraft.bolus(rig.order(), target);
    }

    /** The id of the bolus. */
    private String giving(String target) {
        var receipt = rig.submit(bolus(target));
        assertThat(PumpRig.code(receipt)).isEqualTo("ACCEPTED");
        assertThat(rig.brain().start(1, "NURSE-8")).isInstanceOf(Pressed.Done.class);
        return PumpRig.text(receipt, "order");
    }

    private List<JsonObject> all(String type) {
        return rig.events().stream()
                .filter(event -> PumpRig.text(event, "type").equals(type))
                .toList();
    }

    private static String quantityOf(JsonObject event, String name) {
        return PumpRig.text((JsonObject) PumpRig.member(event, name), "value");
    }

    @Test
    void it_waits_on_the_display_with_dose_volume_and_rate_while_the_infusion_goes_on() {
        var receipt = rig.submit(bolus(running()));

        assertThat(PumpRig.code(receipt)).isEqualTo("ACCEPTED");
        assertThat(rig.channel().change()).isEqualTo("Bolus of 3.5 mL at 131 mL/h (80 mcg/kg), asked by Nurse nora");
        assertThat(rig.channel().bolus()).isEmpty();
        assertThat(rig.channel().rate()).isEqualTo("13.1");
    }

    @Test
    void start_gives_it_and_then_the_infusion_goes_on_as_it_was() {
        var order = running();
        var id = giving(order);
        rig.pass(GIVEN_AFTER - 1);
        var before = rig.channel();
        rig.pass(1);
        var after = rig.channel();

        assertThat(before.rate()).isEqualTo("131");
        assertThat(before.programmed()).isEqualTo("13.1");
        assertThat(before.bolus()).isEqualTo("Giving a bolus: 3.499 of 3.5 mL");
        assertThat(after.rate()).isEqualTo("13.1");
        assertThat(after.bolus()).isEmpty();
        assertThat(after.infused()).isEqualTo("3.5");
        assertThat(after.state()).isEqualTo(ChannelState.RUNNING);
        assertThat(rig.types()).endsWith("orderAccepted", "confirmed", "rateChanged", "bolusGiven", "rateChanged");
        assertThat(PumpRig.text(all("confirmed").getLast(), "order")).isEqualTo(id);
        assertThat(PumpRig.text(all("bolusGiven").getLast(), "order")).isEqualTo(id);
        assertThat(quantityOf(all("bolusGiven").getLast(), "volume")).isEqualTo("3.5");
    }

    @Test
    void both_rate_changes_name_the_infusion_and_the_bolus_as_cause_and_the_first_who_pressed_start() {
        var order = running();
        giving(order);
        rig.pass(GIVEN_AFTER);
        rig.brain().tick();

        var infusion = PumpRig.text(PumpRig.payload(order), "id");
        assertThat(all("rateChanged")).hasSize(2).allSatisfy(event -> {
            assertThat(PumpRig.text(event, "order")).isEqualTo(infusion);
            assertThat(PumpRig.text(event, "cause")).isEqualTo("BOLUS");
        });
        var up = all("rateChanged").getFirst();
        assertThat(List.of(quantityOf(up, "from"), quantityOf(up, "to"), PumpRig.text(up, "who")))
                .containsExactly("13.1", "131", "NURSE-8");
        var down = all("rateChanged").getLast();
        assertThat(List.of(quantityOf(down, "from"), quantityOf(down, "to"), PumpRig.text(down, "who")))
                .containsExactly("131", "13.1", "");
    }

    @Test
    void a_long_silence_gives_the_bolus_once_and_the_rest_at_the_rate_of_the_infusion() {
        giving(running());
        rig.pass(GIVEN_AFTER + 3_600_000);

        assertThat(rig.channel().infused()).isEqualTo("16.6");
        assertThat(all("bolusGiven")).hasSize(1);
    }

    private static Arguments one(String what, Consumer<PumpRig> happens) {
        return arguments(what, happens);
    }

    static Stream<Arguments> interruptions() {
        return Stream.of(
                one("a pause", rig -> rig.brain().pause(1)),
                one("an open door", rig -> rig.brain().door(1, true)),
                one("an occlusion", rig -> rig.brain().alarm(1, AlarmKind.OCCLUSION, true)),
                one("air in the line", rig -> rig.brain().alarm(1, AlarmKind.AIR_IN_LINE, true)),
                one("the STOP key", rig -> rig.brain().stop(1, "N")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("interruptions")
    void broken_off_it_is_recorded_as_far_as_it_was_given_and_the_rest_never_is(
            String what, Consumer<PumpRig> happens) {
        var id = giving(running());
        rig.pass(48_092);

        happens.accept(rig);

        assertThat(PumpRig.text(all("bolusGiven").getLast(), "order")).isEqualTo(id);
        assertThat(quantityOf(all("bolusGiven").getLast(), "volume")).isEqualTo("1.75");
        assertThat(rig.channel().rate()).isEqualTo("0");
        assertThat(rig.channel().bolus()).isEmpty();
        rig.brain().door(1, false);
        rig.brain().alarm(1, AlarmKind.OCCLUSION, false);
        rig.brain().alarm(1, AlarmKind.AIR_IN_LINE, false);
        if (rig.brain().resume(1) instanceof Pressed.Done) {
            assertThat(rig.channel().rate()).isEqualTo("13.1");
            rig.pass(3_600_000);
            assertThat(rig.channel().infused()).isEqualTo("14.85");
        }
        assertThat(all("bolusGiven")).hasSize(1);
    }

    @Test
    void a_pump_that_boots_gives_nothing_of_it_any_more() {
        giving(running());
        rig.pass(48_092);
        rig.reboot();
        rig.pass(3_600_000);

        assertThat(rig.channel().state()).isEqualTo(ChannelState.IDLE);
        assertThat(rig.channel().bolus()).isEmpty();
        assertThat(rig.channel().rate()).isEqualTo("0");
    }

    @Test
    void while_it_is_given_nothing_else_changes_the_rate() {
        var order = running();
        giving(order);

        assertThat(rig.codeFor(bolus(order).with("id", "c".repeat(32)))).isEqualTo("BUSY");
        assertThat(rig.codeFor(OrderDraft.change(rig.order(), order).with("id", "d".repeat(32))))
                .isEqualTo("BUSY");
        assertThat(rig.brain().setRate(1, "14", "N", false)).isInstanceOf(Pressed.Refused.class);
        assertThat(rig.channel().rate()).isEqualTo("131");
    }

    @Test
    void a_change_that_waits_keeps_a_bolus_away_and_the_other_way_round() {
        var order = running();
        rig.submit(OrderDraft.change(rig.order(), order));
        assertThat(rig.codeFor(bolus(order))).isEqualTo("BUSY");
        rig.brain().decline(1);
        rig.submit(bolus(order).with("id", "c".repeat(32)));
        assertThat(rig.codeFor(OrderDraft.change(rig.order(), order).with("id", "d".repeat(32))))
                .isEqualTo("BUSY");
    }

    @ParameterizedTest
    @CsvSource({"3.4,LIMIT", "3.5,ACCEPTED", "3.6,ACCEPTED"})
    void it_comes_out_of_the_volume_to_be_infused(String toInfuse, String code) {
        assertThat(rig.codeFor(bolus(running(toInfuse)))).isEqualTo(code);
    }

    @Test
    void what_ran_out_of_the_bag_while_it_waited_refuses_the_start() {
        var order = running("3.6");
        rig.submit(bolus(order));
        rig.pass(30_000);

        assertThat(rig.brain().start(1, "N")).isInstanceOf(Pressed.Refused.class);
        assertThat(rig.channel().rate()).isEqualTo("13.1");
        assertThat(rig.channel().change()).isNotEmpty();
    }

    @Test
    void one_that_takes_the_last_of_the_volume_ends_the_infusion_as_any_other() {
        giving(running("3.5"));
        rig.pass(GIVEN_AFTER);
        rig.brain().tick();

        assertThat(quantityOf(all("bolusGiven").getLast(), "volume")).isEqualTo("3.5");
        assertThat(quantityOf(all("volumeComplete").getLast(), "infused")).isEqualTo("3.5");
        assertThat(rig.channel().state()).isEqualTo(ChannelState.KEEP_VEIN_OPEN);
        assertThat(rig.channel().rate()).isEqualTo("5");
    }

    @ParameterizedTest
    @CsvSource({
        "100,4.375,131,ACCEPTED",
        "100.1,4.379,131,LIMIT",
        "10,0.437,131,ACCEPTED",
        "9.9,0.433,131,LIMIT",
        "80,3.499,131,LIMIT",
        "80,3.501,131,LIMIT",
        "80,0,131,LIMIT",
        "80,3.5,132,LIMIT",
        "80,3.5,131.5,LIMIT"
    })
    void dose_volume_and_speed_are_held_against_the_pump_s_own_limits(
            String dose, String volume, String rate, String code) {
        assertThat(rig.codeFor(of(bolus(running()), dose, volume, rate))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "100.1,4.379,131,ACCEPTED",
        "200,8.75,131,ACCEPTED",
        "200.1,8.754,131,LIMIT",
        "80,3.5,132,ACCEPTED",
        "80,3.5,262,ACCEPTED",
        "80,3.5,263,LIMIT"
    })
    void a_reason_leads_past_a_soft_limit_and_past_no_hard_one(String dose, String volume, String rate, String code) {
        var draft = of(bolus(running()), dose, volume, rate).overridden("Loading dose");

        assertThat(rig.codeFor(draft)).isEqualTo(code);
    }

    private static OrderDraft of(OrderDraft draft, String dose, String volume, String rate) {
        return draft.with("dose", quantity("ug/kg", dose))
                .with("volume", quantity("mL", volume))
                .with("rate", quantity("mL/h", rate));
    }

    private static Arguments changed(String code, String what, UnaryOperator<OrderDraft> change) {
        return arguments(code, what, change);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                changed("MALFORMED", "no volume", o -> o.without("volume")),
                changed("MALFORMED", "no dose", o -> o.without("dose")),
                changed(
                        "MALFORMED",
                        "a change of rate with a volume",
                        o -> o.with("op", "titrate").without("weight")),
                changed("MALFORMED", "weight and surface", o -> o.with("bsa", quantity("m2", "1.8"))),
                changed("MALFORMED", "a member of a program", o -> o.with("vtbi", quantity("mL", "250"))),
                changed("LIMIT", "another weight", o -> o.with("weight", quantity("kg", "71"))),
                changed("LIMIT", "a dose per time", o -> o.with("dose", quantity("ug/kg/min", "80"))),
                changed("LIMIT", "a dose not by weight", o -> o.with("dose", quantity("ug", "5600"))),
                changed("LIMIT", "another kind of amount", o -> o.with("dose", quantity("[iU]/kg", "80"))),
                changed("EXPECTATION", "another infusion", o -> o.inside("target", "id", Json.text("f".repeat(32)))),
                changed("LIBRARY", "release", o -> o.inside("library", "counter", Json.whole(2))));
    }

    @ParameterizedTest(name = "{0} for {1}")
    @MethodSource("changes")
    void a_bolus_with_one_changed_member_is_refused_and_nothing_is_shown(
            String code, String what, UnaryOperator<OrderDraft> change) {
        assertThat(rig.codeFor(change.apply(bolus(running())))).isEqualTo(code);
        assertThat(rig.channel().change()).isEmpty();
    }

    @Test
    void the_weight_may_be_left_to_the_running_order() {
        assertThat(rig.codeFor(bolus(running()).without("weight"))).isEqualTo("ACCEPTED");
    }

    @Test
    void a_drug_whose_entry_allows_no_bolus_gets_none() {
        rig.load(LibraryText.release(1), 1);
        var text = rig.order().signedBy(rig.keys().order());
        rig.submit(text);
        rig.brain().start(1, "NURSE-7");

        assertThat(rig.codeFor(bolus(text))).isEqualTo("LIMIT");
    }

    @Test
    void where_two_people_must_look_one_alone_gives_no_bolus() {
        rig.load(LibraryText.releaseWithBolus(1, "always"), 1);
        var text = rig.order().approvedBy("nora", "ben").signedBy(rig.keys().order());
        rig.submit(text);
        rig.brain().start(1, "NURSE-7");

        assertThat(rig.codeFor(bolus(text))).isEqualTo("LIMIT");
        assertThat(rig.codeFor(bolus(text).with("id", "c".repeat(32)).approvedBy("nora", "ben")))
                .isEqualTo("ACCEPTED");
    }

    @Test
    void a_bolus_that_waits_can_be_taken_back() {
        var order = running();
        var text = bolus(order).signedBy(rig.keys().order());
        rig.submit(text);

        assertThat(rig.codeFor(OrderDraft.end("cancel", rig.order(), text))).isEqualTo("ACCEPTED");
        assertThat(rig.channel().change()).isEmpty();
        assertThat(rig.channel().rate()).isEqualTo("13.1");
    }
}
