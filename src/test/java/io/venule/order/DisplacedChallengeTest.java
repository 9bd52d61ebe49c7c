package io.venule.order;

import static io.venule.order.DeskAtWork.TAP;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.druglibrary.Drug.SecondCheck;
import io.venule.pump.ChannelState;
import io.venule.pump.Receipt;
import io.venule.signing.Json;
import io.venule.staff.Role;
import io.venule.staff.SignIn;
import io.venule.staff.StaffMember;
import io.venule.staff.SubjectId;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A pump has forgotten the challenge that it was asked for ahead. Its signed refusal is the end of that order; one new order, under every rule again, may take its place.
 * Invariants 3 to 5 and 9; P-05.
 */
class DisplacedChallengeTest {
    private static final Receipt.Answer FORGOTTEN = new Receipt.Answer.Rejected(Receipt.Rejection.NONCE);

    private final DeskAtWork ward = new DeskAtWork();

    @Test
    void a_new_order_for_a_new_challenge_takes_the_place_of_the_refused_one() {
        ward.firstAnswers.add(FORGOTTEN);

        var accepted = ((Outcome.Accepted) ward.placed()).order();

        assertThat(ward.sent)
                .extracting(SignedOrder::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(ward.sent).extracting(DisplacedChallengeTest::nonce).doesNotHaveDuplicates();
        assertThat(ward.sent.getLast().id()).isEqualTo(accepted.id());
        assertThat(stateOf(ward.sent.getFirst())).isEqualTo(new OrderState.Rejected(Receipt.Rejection.NONCE));
    }

    @Test
    void the_log_has_both_orders_and_which_took_the_place_of_which() {
        ward.firstAnswers.add(FORGOTTEN);

        ward.placed();

        var entries = ward.orders.log().stream()
                .filter(entry -> entry.kind() != AuditKind.PAIRING && entry.kind() != AuditKind.ORDER_SIGNED)
                .toList();
        assertThat(entries)
                .extracting(AuditEntry::kind)
                .containsExactly(
                        AuditKind.ORDER_APPROVED,
                        AuditKind.ORDER_REJECTED,
                        AuditKind.ORDER_APPROVED,
                        AuditKind.ORDER_DELIVERED);
        var refused = ward.sent.getFirst().id().value();
        assertThat(entries.get(0).details().members()).doesNotContainKey("insteadOf");
        assertThat(entries.get(1).order()).isEqualTo(refused);
        assertThat(entries.get(2).details().members()).containsEntry("insteadOf", Json.text(refused));
        assertThat(entries.get(2).order()).isEqualTo(ward.sent.getLast().id().value());
    }

    @Test
    void there_is_never_a_third() {
        ward.answer = Optional.of(FORGOTTEN);

        assertThat(((Outcome.Rejected) ward.placed()).code()).isEqualTo(Receipt.Rejection.NONCE);
        assertThat(ward.sent).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(value = Receipt.Rejection.class, names = "NONCE", mode = EnumSource.Mode.EXCLUDE)
    void any_other_refusal_stands(Receipt.Rejection code) {
        ward.firstAnswers.add(new Receipt.Answer.Rejected(code));

        assertThat(((Outcome.Rejected) ward.placed()).code()).isEqualTo(code);
        assertThat(ward.sent).hasSize(1);
    }

    @Test
    void no_answer_is_no_refusal() {
        ward.answer = Optional.empty();

        assertThat(ward.placed()).isInstanceOf(Outcome.Unconfirmed.class);
        assertThat(ward.sent).hasSize(1);
    }

    @Test
    void what_was_not_asked_ahead_was_not_displaced() {
        ward.firstAnswers.add(FORGOTTEN);
        var form = ward.form("", TAP);
        ward.uptime = ward.uptime.plus(ReadyChallenges.KEPT);

        assertThat(ward.desk().place(form, ward.nurse)).isInstanceOf(Outcome.Rejected.class);
        assertThat(ward.sent).hasSize(1);
    }

    @Test
    void the_same_tap_again_finds_the_order_that_stands() {
        ward.firstAnswers.add(FORGOTTEN);
        var form = ward.form("", TAP);
        var accepted = ((Outcome.Accepted) ward.desk().place(form, ward.nurse)).order();

        assertThat(ward.desk().place(form, ward.nurse)).isEqualTo(new Outcome.SameSubmission(accepted));
        assertThat(ward.sent).hasSize(2);
    }

    @Test
    void nothing_more_is_sent_of_what_is_no_longer_what_was_displayed() {
        ward.firstAnswers.add(FORGOTTEN);
        ward.whileSending = () -> ward.ordered = "6";

        assertThat(ward.placed()).isInstanceOf(Outcome.DisplayChanged.class);
        assertThat(ward.sent).hasSize(1);
    }

    @Test
    void nothing_more_is_sent_to_a_pump_that_meanwhile_works_on_something_else() {
        ward.firstAnswers.add(FORGOTTEN);
        ward.whileSending = () -> ward.state = ChannelState.ORDER_PENDING;

        assertThat(ward.placed()).isInstanceOf(Outcome.PumpNotReady.class);
        assertThat(ward.sent).hasSize(1);
    }

    @Test
    void what_two_people_approve_goes_with_a_challenge_of_its_own() {
        ward.secondCheck = SecondCheck.ALWAYS;
        ward.placedBy(ward.nurse, "", "1".repeat(32));
        ward.firstAnswers.add(FORGOTTEN);
        var colleague = new StaffMember(
                new SubjectId("subject-colleague"),
                "Carl Colleague",
                Set.of(Role.NURSE),
                new SignIn(DeskAtWork.NOON, "1"));
        var askedBefore = new ArrayList<>(ward.asked);

        var outcome = ward.placedBy(colleague, "", "2".repeat(32));

        assertThat(askedBefore).hasSize(1);
        assertThat(ward.asked).hasSize(2);
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        assertThat(ward.sent).hasSize(1);
    }

    private static Json nonce(SignedOrder order) {
        return Objects.requireNonNull(DeskAtWork.payload(order).members().get("nonce"));
    }

    private OrderState stateOf(SignedOrder order) {
        return ward.orders.find(order.id()).orElseThrow().state();
    }
}
