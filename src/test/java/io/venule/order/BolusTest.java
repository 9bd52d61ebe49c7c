package io.venule.order;

import static io.venule.order.DeskAtWork.CHANNEL;
import static io.venule.order.DeskAtWork.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.AuditKind;
import io.venule.druglibrary.Bound;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.Drug;
import io.venule.druglibrary.Limits;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.PumpEvent;
import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bolus from the bag of an infusion that runs: 10 to 100 mcg/kg softly, 200 hard, at up to 50 mcg/kg/min; 70 kg, 1,600 mcg/mL. */
class BolusTest {
    private static final String TAP = "7".repeat(32);

    private final DeskAtWork ward = new DeskAtWork();

    @BeforeEach
    void allow() {
        ward.bolus = new Dosing.Bolus.Allowed(
                Dose.of("1", "ug/kg").unit(),
                new Limits<>(
                        Bound.none(),
                        Bound.at(Dose.of("10", "ug/kg")),
                        Bound.at(Dose.of("100", "ug/kg")),
                        Bound.at(Dose.of("200", "ug/kg"))),
                new Limits<>(Bound.none(), Bound.none(), Bound.at(Dose.of("50", "ug/kg/min")), Bound.none()));
    }

    private ChangeVerdict check(OrderView order, String value) {
        return ward.changeDesk().check(ChangeForm.toCheck(order.id(), ChangeForm.Ask.BOLUS, value), ward.nurse);
    }

    private ChangeOutcome place(OrderView order, String value, String override) {
        var displayed = ChangeDesk.displayed(check(order, value));
        var form = new ChangeForm(order.id(), ChangeForm.Ask.BOLUS, value, override, displayed, TAP);
        return ward.changeDesk().place(form, ward.nurse);
    }

    private OrderView sent(OrderView order) {
        return ((Outcome.Accepted) ((ChangeOutcome.Gone) place(order, "80", "")).outcome()).order();
    }

    private static String text(JsonObject object, String name) {
        return ((Json.JsonText) Objects.requireNonNull(object.members().get(name))).value();
    }

    private static String value(JsonObject object, String name) {
        return text((JsonObject) Objects.requireNonNull(object.members().get(name)), "value");
    }

    @Test
    void it_is_an_order_of_its_own_with_dose_volume_weight_and_the_fastest_rate_allowed() {
        var order = ward.running();

        var bolus = sent(order);

        assertThat(bolus.op()).isEqualTo(OrderOp.BOLUS);
        assertThat(bolus.target()).isEqualTo(order.id().value());
        assertThat(bolus.toInfuse()).isEqualTo(Volume.ofMillilitres("3.5"));
        var sent = DeskAtWork.payload(ward.sent.getLast());
        assertThat(text(sent, "op")).isEqualTo("bolus");
        assertThat(value(sent, "dose")).isEqualTo("80");
        assertThat(value(sent, "volume")).isEqualTo("3.5");
        assertThat(value(sent, "weight")).isEqualTo("70");
        assertThat(value(sent, "rate")).isEqualTo("131");
        assertThat(sent.members()).doesNotContainKeys("drug", "vtbi", "patient", "bag", "pairing", "bsa");
    }

    @Test
    void its_approval_is_in_the_story_of_the_infusion_with_the_arithmetic() {
        var order = ward.running();
        sent(order);

        var approved = ward.orders.log().stream()
                .filter(entry -> entry.kind() == AuditKind.ORDER_APPROVED)
                .toList()
                .getLast();
        assertThat(approved.order()).isEqualTo(order.id().value());
        assertThat(approved.details().toString())
                .contains("bolus", "80 mcg/kg × 70 kg ÷ 1,600 mcg/mL = 3.5 mL → pump 3.5 mL at 131 mL/h", "3.5 mL");
    }

    @ParameterizedTest
    @CsvSource({
        "9.9,Soft",
        "10,Ready",
        "100,Ready",
        "100.1,Soft",
        "200,Soft",
        "200.1,Hard",
        "0,NotPossible",
        "-1,NotPossible",
        "eighty,NotPossible",
        "'8,0',NotPossible"
    })
    void the_entry_s_limits_on_boluses_hold_at_their_boundaries(String value, String verdict) {
        assertThat(check(ward.running(), value).getClass().getSimpleName()).isEqualTo(verdict);
    }

    @Test
    void a_soft_limit_is_passed_with_a_reason_and_only_so() {
        var order = ward.running();

        assertThat(place(order, "100.1", "")).isInstanceOf(ChangeOutcome.Refused.class);
        assertThat(ward.sent).hasSize(1);
        assertThat(place(order, "100.1", "TITRATING_TO_EFFECT")).isInstanceOf(ChangeOutcome.Gone.class);
        assertThat(ward.sent).hasSize(2);
    }

    @Test
    void an_entry_that_allows_no_bolus_gives_none_and_offers_none() {
        ward.bolus = new Dosing.Bolus.NotAllowed();
        var order = ward.running();

        assertThat(check(order, "80")).isInstanceOf(ChangeVerdict.NotPossible.class);
        assertThat(ward.changeDesk().bolusUnit(order)).isEmpty();
        assertThat(ward.orders.log().getLast().kind()).isEqualTo(AuditKind.ORDER_REFUSED);
    }

    @Test
    void one_is_offered_in_the_unit_of_the_entry() {
        assertThat(ward.changeDesk().bolusUnit(ward.running()).orElseThrow().word())
                .isEqualTo("mcg/kg");
    }

    @ParameterizedTest
    @CsvSource({"3.499,NotPossible", "3.5,Ready", "3.501,Ready"})
    void it_must_be_in_what_the_pump_says_is_left(String left, String verdict) {
        var order = ward.running();
        ward.channels.report(new ChannelStatus(
                CHANNEL,
                ChannelState.RUNNING,
                "DOPamine",
                FlowRate.ofMillilitresPerHour("13.1"),
                Volume.ofMillilitres("250"),
                new Volume(250_000 - Volume.ofMillilitres(left).microlitres()),
                order.id().value(),
                2,
                NOON));

        assertThat(check(order, "80").getClass().getSimpleName()).isEqualTo(verdict);
    }

    @Test
    void what_was_shown_for_a_change_of_rate_does_not_send_a_bolus() {
        var order = ward.running();
        var rate = ward.changeDesk().check(ChangeForm.toCheck(order.id(), ChangeForm.Ask.RATE, "8"), ward.nurse);
        var form = new ChangeForm(order.id(), ChangeForm.Ask.BOLUS, "80", "", ChangeDesk.displayed(rate), TAP);

        assertThat(ward.changeDesk().place(form, ward.nurse)).isInstanceOf(ChangeOutcome.DisplayChanged.class);
        assertThat(ward.sent).hasSize(1);
    }

    @Test
    void where_two_people_must_look_the_first_sends_nothing() {
        var order = ward.running();
        ward.secondCheck = Drug.SecondCheck.ALWAYS;

        var outcome = place(order, "80", "");

        assertThat(((ChangeOutcome.Gone) outcome).outcome()).isInstanceOf(Outcome.SecondPersonNeeded.class);
        assertThat(ward.sent).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"3.499,STOPPED", "3.5,COMPLETE"})
    void it_runs_from_start_until_the_pump_says_what_it_gave_and_less_is_not_complete(String given, String end) {
        var bolus = sent(ward.running());
        var id = bolus.id().value();

        var started = with(bolus, bolus.after(new PumpEvent.Confirmed(1, id, "NURSE-7")));
        var ended = started.after(new PumpEvent.BolusGiven(1, id, Volume.ofMillilitres(given)));

        assertThat(started.state()).isEqualTo(new OrderState.Running());
        assertThat(started.word()).isEqualTo("bolus being given");
        assertThat(ended).isEqualTo(end.equals("COMPLETE") ? new OrderState.Complete() : new OrderState.Stopped());
        assertThat(with(bolus, ended).word())
                .isEqualTo(end.equals("COMPLETE") ? "bolus given" : "bolus broken off before its end");
    }

    @Test
    void a_bolus_that_is_over_is_not_the_dose_that_is_ordered_by_now() {
        var order = ward.running();
        var bolus = sent(order);
        ward.orders.move(
                bolus.id(),
                bolus.state(),
                new OrderState.Complete(),
                OrderEntries.moved(bolus, new OrderState.Complete(), "given", NOON));

        assertThat(ward.orders.inEffect(order.id())).isEmpty();
        assertThat(ward.orders.bolusOf(order.id())).isEmpty();
    }

    private static OrderView with(OrderView order, OrderState state) {
        return OrdersInMemory.with(order, state, order.signed());
    }
}
