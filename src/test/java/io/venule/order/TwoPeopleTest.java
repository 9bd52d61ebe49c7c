package io.venule.order;

import static io.venule.order.DeskAtWork.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.druglibrary.Drug.SecondCheck;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonList;
import io.venule.signing.Json.JsonObject;
import io.venule.staff.Role;
import io.venule.staff.SignIn;
import io.venule.staff.StaffMember;
import io.venule.staff.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two people must decide, one cannot. Invariant 7; promise P-22. */
class TwoPeopleTest {
    private static final String FIRST_TAP = "1".repeat(32);
    private static final String SECOND_TAP = "2".repeat(32);

    private final DeskAtWork ward = new DeskAtWork();
    private final StaffMember colleague = someone("subject-colleague", "Carl Colleague", NOON);

    private static StaffMember someone(String subject, String name, Instant signedIn) {
        return new StaffMember(new SubjectId(subject), name, Set.of(Role.NURSE), new SignIn(signedIn, "1"));
    }

    private Outcome first() {
        ward.secondCheck = SecondCheck.ALWAYS;
        return ward.placedBy(ward.nurse, "", FIRST_TAP);
    }

    private List<AuditKind> kinds() {
        return ward.orders.log().stream().map(AuditEntry::kind).toList();
    }

    private List<String> approvedBy() {
        var payload = DeskAtWork.payload(ward.sent.getFirst());
        var approvals = (JsonList) Objects.requireNonNull(payload.members().get("approvals"));
        return approvals.items().stream()
                .map(approval -> ((JsonObject) approval).members().get("subject"))
                .map(subject -> ((Json.JsonText) Objects.requireNonNull(subject)).value())
                .toList();
    }

    @Test
    void the_first_of_two_sends_nothing_and_is_on_record() {
        var outcome = first();

        assertThat(outcome).isInstanceOf(Outcome.SecondPersonNeeded.class);
        assertThat(ward.sent).isEmpty();
        assertThat(ward.orders.all()).isEmpty();
        assertThat(kinds()).contains(AuditKind.FIRST_CHECK).doesNotContain(AuditKind.ORDER_APPROVED);
    }

    @Test
    void the_second_sends_and_the_order_names_both() {
        first();

        var outcome = ward.placedBy(colleague, "", SECOND_TAP);

        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        assertThat(approvedBy()).containsExactly("subject-colleague", "subject-nurse");
        var approval = ward.orders.log().stream()
                .filter(entry -> entry.kind() == AuditKind.ORDER_APPROVED)
                .findFirst()
                .orElseThrow();
        assertThat(approval.details().members())
                .containsEntry("first", Json.text("subject-nurse"))
                .containsEntry("firstNurse", Json.text("Nina Nurse"));
    }

    @Test
    void the_same_person_is_no_second_however_often_they_tap() {
        first();

        assertThat(ward.placedBy(ward.nurse, "", SECOND_TAP)).isInstanceOf(Outcome.SecondPersonNeeded.class);
        assertThat(ward.placedBy(ward.nurse, "", FIRST_TAP)).isInstanceOf(Outcome.SecondPersonNeeded.class);
        assertThat(ward.sent).isEmpty();
        assertThat(kinds()).containsOnlyOnce(AuditKind.FIRST_CHECK);
    }

    @Test
    void one_person_under_two_accounts_is_no_second() {
        first();

        var outcome = ward.placedBy(someone("subject-other-account", " nina NURSE ", NOON), "", SECOND_TAP);

        assertThat(outcome).isInstanceOf(Outcome.SecondPersonNeeded.class);
        assertThat(ward.sent).isEmpty();
    }

    @Test
    void who_is_shown_something_else_is_a_first_again() {
        first();
        ward.ordered = "6";

        assertThat(ward.placedBy(colleague, "", SECOND_TAP)).isInstanceOf(Outcome.SecondPersonNeeded.class);
        assertThat(ward.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, false", "1, false"})
    void a_first_check_counts_for_less_than_ten_minutes(int millis, boolean counts) {
        first();
        ward.now = NOON.plus(FirstCheck.LIFE).plusMillis(millis);

        var outcome = ward.placedBy(someone("subject-colleague", "Carl Colleague", ward.now), "", SECOND_TAP);

        assertThat(outcome instanceof Outcome.Accepted).isEqualTo(counts);
        assertThat(ward.sent).hasSize(counts ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, true", "1, false"})
    void each_of_two_has_signed_in_within_five_minutes(int millis, boolean counts) {
        first();
        var signedIn = NOON.minus(Duration.ofMinutes(5)).minusMillis(millis);

        var outcome = ward.placedBy(someone("subject-colleague", "Carl Colleague", signedIn), "", SECOND_TAP);

        assertThat(outcome).isInstanceOf(counts ? Outcome.Accepted.class : Outcome.SignInTooOld.class);
        assertThat(ward.sent).hasSize(counts ? 1 : 0);
    }

    @Test
    void the_first_of_two_must_have_signed_in_lately_too() {
        ward.secondCheck = SecondCheck.ALWAYS;
        var long_ago = someone("subject-nurse", "Nina Nurse", NOON.minus(Duration.ofMinutes(6)));

        var outcome = ward.placedBy(long_ago, "", FIRST_TAP);

        assertThat(outcome).isInstanceOf(Outcome.SignInTooOld.class);
        assertThat(kinds()).contains(AuditKind.ORDER_REFUSED).doesNotContain(AuditKind.FIRST_CHECK);
    }

    @Test
    void a_first_check_is_used_once() {
        first();
        ward.placedBy(colleague, "", SECOND_TAP);
        var check = new FirstCheck("0".repeat(64), DeskAtWork.CHANNEL, ward.nurse, NOON);

        assertThat(ward.orders.use(check)).isFalse();
        var displayed = ward.form("", FIRST_TAP).displayed();
        assertThat(ward.orders.of(displayed)).isEmpty();
    }

    @Test
    void a_drug_for_two_only_above_a_soft_limit_goes_with_one_below_it() {
        ward.secondCheck = SecondCheck.OVERRIDE;

        assertThat(ward.placed()).isInstanceOf(Outcome.Accepted.class);
        assertThat(approvedBy()).hasSize(1);
    }

    @Test
    void a_drug_for_two_above_a_soft_limit_needs_two_there() {
        ward.secondCheck = SecondCheck.OVERRIDE;
        ward.ordered = "11";

        assertThat(ward.placedBy(ward.nurse, "TITRATING_TO_EFFECT", FIRST_TAP))
                .isInstanceOf(Outcome.SecondPersonNeeded.class);
        assertThat(ward.placedBy(colleague, "TITRATING_TO_EFFECT", SECOND_TAP)).isInstanceOf(Outcome.Accepted.class);
        assertThat(approvedBy()).hasSize(2);
    }

    @Test
    void a_change_above_a_soft_limit_needs_two_and_one_inside_the_limits_one() {
        ward.secondCheck = SecondCheck.OVERRIDE;
        var order = ward.running();

        assertThat(change(order, "11", "TITRATING_TO_EFFECT", ward.nurse, FIRST_TAP))
                .isInstanceOf(Outcome.SecondPersonNeeded.class);
        assertThat(change(order, "11", "TITRATING_TO_EFFECT", ward.nurse, SECOND_TAP))
                .isInstanceOf(Outcome.SecondPersonNeeded.class);
        assertThat(ward.sent).hasSize(1);
        assertThat(change(order, "11", "TITRATING_TO_EFFECT", colleague, SECOND_TAP))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void a_change_inside_the_limits_needs_one() {
        ward.secondCheck = SecondCheck.ALWAYS;
        first();
        ward.placedBy(colleague, "", SECOND_TAP);
        var order = ward.runs(ward.orders.all().getFirst());

        assertThat(change(order, "7.6", "", ward.nurse, "3".repeat(32))).isInstanceOf(Outcome.Accepted.class);
    }

    private Outcome change(OrderView order, String value, String override, StaffMember who, String tap) {
        var shown = ward.changeDesk().check(ChangeForm.toCheck(order.id(), ChangeForm.Ask.RATE, value), who);
        var form = new ChangeForm(order.id(), ChangeForm.Ask.RATE, value, override, ChangeDesk.displayed(shown), tap);
        return ((ChangeOutcome.Gone) ward.changeDesk().place(form, who)).outcome();
    }
}
