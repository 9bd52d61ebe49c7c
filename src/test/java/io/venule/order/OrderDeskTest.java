package io.venule.order;

import static io.venule.order.DeskAtWork.NOON;
import static io.venule.order.DeskAtWork.TAP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.druglibrary.LibraryVersion;
import io.venule.pump.ChannelState;
import io.venule.pump.Receipt;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The one flow: each no sends nothing and is in the log; each yes is on record before anything leaves. Invariants 1 to 5; T-15, T-34, T-37. */
class OrderDeskTest {
    private final DeskAtWork ward = new DeskAtWork();

    @Test
    void an_order_is_on_record_then_sent_once_then_waits_for_start() {
        ward.whileSending =
                () -> assertThat(ward.orders.all().getFirst().state()).isEqualTo(new OrderState.Approved());

        var outcome = ward.placed();

        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        assertThat(((Outcome.Accepted) outcome).order().state()).isEqualTo(new OrderState.Waiting());
        assertThat(ward.sent).hasSize(1);
        assertThat(kinds())
                .containsExactly(AuditKind.ORDER_APPROVED, AuditKind.ORDER_SIGNED, AuditKind.ORDER_DELIVERED);
    }

    @Test
    void the_log_has_the_very_text_that_went_and_the_certificate_of_its_key() {
        ward.placed();

        var entries = ward.orders.log().reversed();
        var signed = entries.get(1);
        assertThat(signed.kind()).isEqualTo(AuditKind.ORDER_SIGNED);
        assertThat(signed.signed()).containsExactly(ward.sent.getFirst().text(), DeskAtWork.CERTIFICATE);
        var approved = entries.get(2);
        assertThat(signed.order()).isEqualTo(approved.order());
        assertThat(signed.place()).isEqualTo(DeskAtWork.CHANNEL.toString());
        assertThat(signed.at()).isEqualTo(approved.at());
        assertThat(signed.library()).isEqualTo(approved.library());
    }

    @Test
    void an_order_lives_sixty_seconds_and_names_what_was_approved() {
        var order = ((Outcome.Accepted) ward.placed()).order();

        assertThat(order.expiresAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(order.rate().print()).isEqualTo("13.1 mL/h");
        assertThat(order.drug()).isEqualTo("DOPamine");
        assertThat(ward.sent.getFirst().text()).isEqualTo(order.signed());
        assertThat(ward.sent.getFirst().expires()).isEqualTo(order.expiresAt());
    }

    @Test
    void a_verdict_that_allows_an_order_has_the_pump_asked_ahead_and_no_other_does() {
        ward.ordered = "21";
        ward.form("", TAP);
        var beyondTheHardLimit = ward.asked.size();
        ward.ordered = "15";
        ward.form("", TAP);
        ward.uptime = ward.uptime.plus(ReadyChallenges.KEPT);
        ward.ordered = "5";
        ward.form("", TAP);

        assertThat(beyondTheHardLimit).isZero();
        assertThat(ward.asked).containsExactly(DeskAtWork.CHANNEL, DeskAtWork.CHANNEL);
    }

    @Test
    void the_same_tap_again_sends_nothing_and_gives_the_same_order() {
        var form = ward.form("", TAP);
        var first = ((Outcome.Accepted) ward.desk().place(form, ward.nurse)).order();

        var second = ward.desk().place(form, ward.nurse);

        assertThat(second).isEqualTo(new Outcome.SameSubmission(first));
        assertThat(ward.sent).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"9.9, true", "10, true", "10.1, false", "20, false"})
    void a_soft_limit_is_inside_at_its_value_and_asks_for_a_reason_above(String dose, boolean inside) {
        ward.ordered = dose;

        var outcome = ward.placed();

        assertThat(outcome instanceof Outcome.Accepted).isEqualTo(inside);
        assertThat(ward.sent).hasSize(inside ? 1 : 0);
    }

    @Test
    void a_reason_leads_past_a_soft_limit_and_is_in_the_log() {
        ward.ordered = "15";

        var outcome = ward.desk().place(ward.form("TITRATING_TO_EFFECT", TAP), ward.nurse);

        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        assertThat(kinds().getFirst()).isEqualTo(AuditKind.ORDER_OVERRIDDEN);
    }

    @Test
    void a_word_that_is_no_reason_of_ours_leads_nowhere() {
        ward.ordered = "15";

        var outcome = ward.desk().place(ward.form("BECAUSE", TAP), ward.nurse);

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(ward.sent).isEmpty();
        assertThat(kinds()).containsExactly(AuditKind.ORDER_REFUSED);
    }

    @Test
    void no_reason_leads_past_a_hard_limit() {
        ward.ordered = "20.1";

        var outcome = ward.desk().place(ward.form("TITRATING_TO_EFFECT", TAP), ward.nurse);

        assertThat(((Outcome.Refused) outcome).verdict()).isInstanceOf(Verdict.Hard.class);
        assertThat(ward.sent).isEmpty();
        assertThat(ward.orders.all()).isEmpty();
    }

    @Test
    void what_differs_from_the_display_is_not_sent() {
        var form = ward.form("", TAP);
        ward.ordered = "6";

        var outcome = ward.desk().place(form, ward.nurse);

        assertThat(outcome).isInstanceOf(Outcome.DisplayChanged.class);
        assertThat(ward.sent).isEmpty();
        assertThat(kinds()).containsExactly(AuditKind.ORDER_REFUSED);
    }

    @Test
    void scans_that_cannot_be_read_are_all_named() {
        var verdict = ward.desk().check(OrderForm.toCheck("x", "y", "z"), ward.nurse);

        assertThat(((Verdict.NotRead) verdict).faults()).hasSize(3);
        assertThat(kinds()).containsExactly(AuditKind.ORDER_REFUSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChannelState.class,
            names = {"ORDER_PENDING", "RUNNING", "KEEP_VEIN_OPEN", "PAUSED", "ALARM"})
    void a_channel_that_the_pump_calls_busy_gets_nothing(ChannelState busy) {
        ward.state = busy;

        assertThat(ward.placed()).isInstanceOf(Outcome.PumpNotReady.class);
        assertThat(ward.sent).isEmpty();
        assertThat(ward.orders.all()).isEmpty();
    }

    @Test
    void a_pump_with_another_release_of_the_library_gets_nothing() {
        ward.held = new LibraryVersion(2, "d".repeat(64));

        assertThat(ward.placed()).isInstanceOf(Outcome.PumpNotReady.class);
        assertThat(ward.sent).isEmpty();
    }

    @Test
    void without_a_key_of_the_pump_s_ward_nothing_is_signed_and_the_refusal_is_on_record() {
        ward.hasKey = false;

        assertThat(ward.placed()).isEqualTo(new Outcome.PumpNotReady(Outcome.NO_KEY, Outcome.NO_KEY_REMEDY));
        assertThat(ward.sent).isEmpty();
        assertThat(ward.orders.all()).isEmpty();
        assertThat(kinds()).endsWith(AuditKind.ORDER_REFUSED);
    }

    @Test
    void a_pump_that_does_not_answer_gets_nothing() {
        ward.reachable = false;

        assertThat(ward.placed()).isInstanceOf(Outcome.PumpNotReady.class);
        assertThat(ward.orders.all()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Receipt.Rejection.class)
    void what_the_pump_refuses_ends_refused_with_its_code(Receipt.Rejection code) {
        ward.answer = Optional.of(new Receipt.Answer.Rejected(code));

        var outcome = (Outcome.Rejected) ward.placed();

        assertThat(outcome.code()).isEqualTo(code);
        assertThat(outcome.order().state().isOpen()).isFalse();
    }

    @Test
    void a_missing_answer_is_unconfirmed_and_nothing_is_sent_again() {
        ward.answer = Optional.empty();

        var outcome = (Outcome.Unconfirmed) ward.placed();

        assertThat(outcome.order().state()).isEqualTo(new OrderState.Unconfirmed(NOON));
        assertThat(ward.sent).hasSize(1);
    }

    @Test
    void a_server_that_dies_while_sending_leaves_the_order_on_record_as_sending() {
        ward.whileSending = () -> {
            throw new IllegalStateException("power cut");
        };

        assertThatThrownBy(ward::placed).hasMessage("power cut");
        assertThat(ward.orders.all().getFirst().state()).isEqualTo(new OrderState.Approved());
        assertThat(kinds()).containsExactly(AuditKind.ORDER_APPROVED, AuditKind.ORDER_SIGNED);
    }

    @Test
    void a_second_order_for_the_same_bag_is_refused() {
        ward.placed();

        var again = ward.desk().place(ward.form("", "f".repeat(32)), ward.nurse);

        assertThat(again).isInstanceOf(Outcome.Refused.class);
        assertThat(ward.sent).hasSize(1);
    }

    // What went unanswered ---------------------------------------------------------------------------------

    @Test
    void the_pumps_memory_ends_what_went_unanswered() {
        ward.answer = Optional.empty();
        var order = ((Outcome.Unconfirmed) ward.placed()).order();
        ward.memory = new PumpLink.ReadBack.Known(ward.receipt(order.id(), new Receipt.Answer.Accepted()));

        later(Duration.ofSeconds(9));

        assertThat(state(order)).isEqualTo(new OrderState.Waiting());
    }

    @ParameterizedTest
    @CsvSource({"59, false", "60, true", "61, true"})
    void an_order_the_pump_never_saw_is_expired_only_once_it_is_void(int seconds, boolean expired) {
        ward.answer = Optional.empty();
        var order = ((Outcome.Unconfirmed) ward.placed()).order();

        later(Duration.ofSeconds(seconds));

        assertThat(state(order) instanceof OrderState.Expired).isEqualTo(expired);
    }

    @Test
    void an_unreachable_pump_ends_nothing_however_long_it_takes() {
        ward.answer = Optional.empty();
        var order = ((Outcome.Unconfirmed) ward.placed()).order();
        ward.memory = new PumpLink.ReadBack.NotReachable("no session");

        later(Duration.ofDays(1));

        assertThat(state(order)).isInstanceOf(OrderState.Unconfirmed.class);
    }

    @ParameterizedTest
    @CsvSource({"7, false", "8, true", "9, true"})
    void the_call_that_is_sending_is_left_alone_at_first(int seconds, boolean asked) {
        ward.whileSending = () -> {
            throw new IllegalStateException("power cut");
        };
        assertThatThrownBy(ward::placed).hasMessage("power cut");

        later(Duration.ofSeconds(seconds));

        assertThat(ward.orders.all().getFirst().state() instanceof OrderState.Unconfirmed)
                .isEqualTo(asked);
    }

    @Test
    void a_clock_that_jumps_forward_makes_no_order_void() {
        ward.answer = Optional.empty();
        var order = ((Outcome.Unconfirmed) ward.placed()).order();
        var unanswered = ward.unanswered();

        unanswered.settle();
        ward.now = NOON.plus(Duration.ofDays(365));
        ward.uptime = ward.uptime.plusSeconds(59);
        unanswered.settle();

        assertThat(state(order)).isInstanceOf(OrderState.Unconfirmed.class);
    }

    @Test
    void an_order_approved_under_a_clock_that_was_ahead_is_settled_all_the_same() {
        ward.answer = Optional.empty();
        var order = ((Outcome.Unconfirmed) ward.placed()).order();
        var unanswered = ward.unanswered();

        ward.now = NOON.minus(Duration.ofDays(365));
        unanswered.settle();
        ward.uptime = ward.uptime.plusSeconds(60);
        unanswered.settle();

        assertThat(state(order)).isEqualTo(new OrderState.Expired());
    }

    /** What is unanswered is first seen at once, and looked at again after a while. */
    private void later(Duration wait) {
        var unanswered = ward.unanswered();
        unanswered.settle();
        ward.now = NOON.plus(wait);
        ward.uptime = ward.uptime.plus(wait);
        unanswered.settle();
    }

    private OrderState state(OrderView order) {
        return ward.orders.find(order.id()).orElseThrow().state();
    }

    /** Item 6 of issue "audit log": the displayed verdict. */
    @Test
    void what_a_nurse_was_shown_before_sending_is_on_record() {
        var form = ward.form("", "tap");

        var shown = ward.orders.log().getFirst();

        assertThat(shown.kind()).isEqualTo(AuditKind.PAIRING);
        assertThat(shown.said("result")).isEqualTo("paired");
        assertThat(shown.said("displayed")).isEqualTo(form.displayed());
        assertThat(shown.said("nurse")).isEqualTo(ward.nurse.name());
        assertThat(shown.said("drug")).isEqualTo("DOPamine");
    }

    /** What was recorded after the verdict was shown. */
    private java.util.List<AuditKind> kinds() {
        return ward.orders.log().stream()
                .map(AuditEntry::kind)
                .filter(kind -> kind != AuditKind.PAIRING)
                .toList();
    }
}
