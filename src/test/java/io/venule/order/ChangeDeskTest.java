package io.venule.order;

import static io.venule.order.DeskAtWork.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.druglibrary.LibraryVersion;
import io.venule.pump.ChannelState;
import io.venule.pump.PumpEvent;
import io.venule.pump.Receipt;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changing a rate: only what runs, by record and by the pump's word, inside limits or with a reason, on record before it leaves. T-15, T-33, T-34. */
class ChangeDeskTest {
    private static final String TAP = "7".repeat(32);

    private final DeskAtWork ward = new DeskAtWork();

    private ChangeForm form(OrderView order, String value, String override) {
        var shown = ward.changeDesk().check(ChangeForm.toCheck(order.id(), ChangeForm.Ask.RATE, value), ward.nurse);
        return new ChangeForm(order.id(), ChangeForm.Ask.RATE, value, override, ChangeDesk.displayed(shown), TAP);
    }

    private ChangeOutcome place(OrderView order, String value, String override) {
        return ward.changeDesk().place(form(order, value, override), ward.nurse);
    }

    private static OrderView changeIn(ChangeOutcome outcome) {
        return ((Outcome.Accepted) ((ChangeOutcome.Gone) outcome).outcome()).order();
    }

    private List<AuditKind> kinds() {
        return ward.orders.log().stream().map(AuditEntry::kind).toList();
    }

    private static String text(JsonObject object, String name) {
        return ((Json.JsonText) Objects.requireNonNull(object.members().get(name))).value();
    }

    private static JsonObject object(JsonObject object, String name) {
        return (JsonObject) Objects.requireNonNull(object.members().get(name));
    }

    @Test
    void a_change_is_an_order_of_its_own_that_names_the_one_that_runs() {
        var order = ward.running();

        var change = changeIn(place(order, "7.6", ""));

        assertThat(change.state()).isEqualTo(new OrderState.Waiting());
        assertThat(change.target()).isEqualTo(order.id().value());
        assertThat(change.rate().print()).isEqualTo("19.9 mL/h");
        assertThat(change.dose()).isEqualTo("7.6 mcg/kg/min");
        assertThat(change.expiresAt()).isEqualTo(NOON.plusSeconds(60));
        var sent = DeskAtWork.payload(ward.sent.getLast());
        assertThat(text(sent, "op")).isEqualTo("titrate");
        assertThat(text(object(sent, "target"), "hash")).isEqualTo(ward.running);
        assertThat(text(object(sent, "target"), "id")).isEqualTo(order.id().value());
        assertThat(text(object(sent, "rate"), "value")).isEqualTo("19.9");
        assertThat(sent.members()).doesNotContainKeys("drug", "vtbi", "patient", "bag", "pairing");
    }

    @Test
    void it_is_on_record_before_it_leaves_and_the_entry_says_from_what_to_what() {
        var order = ward.running();
        ward.whileSending = () ->
                assertThat(kinds()).endsWith(AuditKind.ORDER_STATE, AuditKind.ORDER_APPROVED, AuditKind.ORDER_SIGNED);

        var change = changeIn(place(order, "7.6", ""));

        assertThat(kinds()).endsWith(AuditKind.ORDER_APPROVED, AuditKind.ORDER_SIGNED, AuditKind.ORDER_DELIVERED);
        var entries = ward.orders.log().reversed();
        assertThat(entries)
                .extracting(AuditEntry::order)
                .startsWith(order.id().value(), order.id().value(), order.id().value());
        assertThat(text(entries.get(1).details(), "change"))
                .isEqualTo(change.id().value());
        var approved = entries.get(2).details();
        assertThat(text(approved, "to")).isEqualTo("19.9 mL/h");
        assertThat(approved.members()).containsKeys("from", "arithmetic", "displayed", "nurse");
        assertThat(text(approved, "change")).isEqualTo(change.id().value());
    }

    @ParameterizedTest
    @CsvSource({"9.9,READY", "10,READY", "10.1,SOFT", "20,SOFT", "20.1,HARD"})
    void the_limits_of_the_program_hold_for_its_changes(String value, String wanted) {
        var order = ward.running();
        var before = ward.sent.size();

        var verdict = ward.changeDesk().check(ChangeForm.toCheck(order.id(), ChangeForm.Ask.RATE, value), ward.nurse);
        var outcome = place(order, value, "");

        assertThat(
                        switch (verdict) {
                            case ChangeVerdict.Ready r -> "READY";
                            case ChangeVerdict.Soft s -> "SOFT";
                            case ChangeVerdict.Hard h -> "HARD";
                            case ChangeVerdict.NotPossible n -> "NOT_POSSIBLE";
                            case ChangeVerdict.Unknown u -> "UNKNOWN";
                        })
                .isEqualTo(wanted);
        assertThat(outcome instanceof ChangeOutcome.Gone).isEqualTo(wanted.equals("READY"));
        assertThat(ward.sent.size() - before).isEqualTo(wanted.equals("READY") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"15,true", "20.1,false"})
    void a_reason_leads_past_a_soft_limit_and_past_no_hard_one(String value, boolean sent) {
        var outcome = place(ward.running(), value, "TITRATING_TO_EFFECT");

        assertThat(outcome instanceof ChangeOutcome.Gone).isEqualTo(sent);
        assertThat(kinds().contains(AuditKind.ORDER_OVERRIDDEN)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "5 mL", "1e3", "07", "abc", "5,5"})
    void what_is_no_number_above_zero_changes_nothing(String value) {
        var order = ward.running();

        assertThat(place(order, value, ""))
                .isInstanceOfSatisfying(
                        ChangeOutcome.Refused.class,
                        refused -> assertThat(refused.verdict()).isInstanceOf(ChangeVerdict.NotPossible.class));
        assertThat(ward.sent).hasSize(1);
    }

    @Test
    void what_differs_from_the_display_is_not_sent() {
        var order = ward.running();
        var form = form(order, "7.6", "");

        var outcome = ward.changeDesk()
                .place(new ChangeForm(order.id(), ChangeForm.Ask.RATE, "7.7", "", form.displayed(), TAP), ward.nurse);

        assertThat(outcome).isInstanceOf(ChangeOutcome.DisplayChanged.class);
        assertThat(ward.sent).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"-1,true", "0,true", "1,false"})
    void a_sign_in_of_long_ago_approves_nothing(long secondsTooOld, boolean counts) {
        var order = ward.running();
        var signedIn = ward.nurse.signIn().authenticatedAt();
        ward.now = signedIn.plus(Duration.ofHours(8)).plusSeconds(secondsTooOld);

        var verdict = ward.changeDesk().check(ChangeForm.toCheck(order.id(), ChangeForm.Ask.RATE, "7.6"), ward.nurse);

        assertThat(verdict instanceof ChangeVerdict.Ready).isEqualTo(counts);
    }

    @Test
    void an_order_that_only_waits_is_not_changed() {
        var order = ((Outcome.Accepted) ward.placed()).order();

        assertThat(ward.changeDesk().check(ChangeForm.toCheck(order.id(), ChangeForm.Ask.RATE, "7.6"), ward.nurse))
                .isInstanceOf(ChangeVerdict.NotPossible.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChannelState.class,
            names = {"RUNNING"},
            mode = EnumSource.Mode.EXCLUDE)
    void what_the_pump_says_does_not_run_is_not_changed(ChannelState said) {
        var order = ward.running();
        ward.state = said;

        assertThat(((ChangeOutcome.Gone) place(order, "7.6", "")).outcome()).isInstanceOf(Outcome.PumpNotReady.class);
        assertThat(ward.sent).hasSize(1);
    }

    @Test
    void a_pump_that_runs_another_text_is_not_changed() {
        var order = ward.running();
        ward.running = "e".repeat(64);

        assertThat(((ChangeOutcome.Gone) place(order, "7.6", "")).outcome()).isInstanceOf(Outcome.PumpNotReady.class);
    }

    @Test
    void without_a_key_of_the_pump_s_ward_nothing_is_changed() {
        var order = ward.running();
        ward.hasKey = false;

        assertThat(((ChangeOutcome.Gone) place(order, "7.6", "")).outcome())
                .isEqualTo(new Outcome.PumpNotReady(Outcome.NO_KEY, Outcome.NO_KEY_REMEDY));
        assertThat(ward.sent).hasSize(1);
    }

    @Test
    void a_pump_with_another_release_of_the_library_is_not_changed() {
        var order = ward.running();
        ward.held = new LibraryVersion(2, "d".repeat(64));

        assertThat(((ChangeOutcome.Gone) place(order, "7.6", "")).outcome()).isInstanceOf(Outcome.PumpNotReady.class);
        assertThat(ward.sent).hasSize(1);
    }

    @Test
    void the_same_tap_again_sends_nothing_and_gives_the_same_change() {
        var order = ward.running();
        var change = changeIn(place(order, "7.6", ""));

        var again = place(order, "7.6", "");

        assertThat(((ChangeOutcome.Gone) again).outcome()).isEqualTo(new Outcome.SameSubmission(change));
        assertThat(ward.sent).hasSize(2);
    }

    @Test
    void a_second_change_while_one_waits_is_told_of_the_first() {
        var order = ward.running();
        var change = changeIn(place(order, "7.6", ""));
        var form = form(order, "8", "");

        var second = ward.changeDesk()
                .place(
                        new ChangeForm(order.id(), ChangeForm.Ask.RATE, "8", "", form.displayed(), "8".repeat(32)),
                        ward.nurse);

        assertThat(((ChangeOutcome.Gone) second).outcome()).isEqualTo(new Outcome.Conflict(change));
    }

    @Test
    void a_missing_answer_is_unconfirmed_and_the_pumps_memory_ends_it() {
        var order = ward.running();
        ward.answer = Optional.empty();
        var change = ((Outcome.Unconfirmed) ((ChangeOutcome.Gone) place(order, "7.6", "")).outcome()).order();
        ward.memory = new PumpLink.ReadBack.Known(ward.receipt(change.id(), new Receipt.Answer.Accepted()));
        var unanswered = ward.unanswered();
        unanswered.settle();
        ward.uptime = ward.uptime.plusSeconds(9);

        unanswered.settle();

        assertThat(ward.orders.find(change.id()).orElseThrow().state()).isEqualTo(new OrderState.Waiting());
    }

    @Test
    void a_change_is_over_when_a_person_confirmed_it_and_a_program_is_not() {
        var order = ward.running();
        var change = changeIn(place(order, "7.6", ""));
        var confirmed = new PumpEvent.Confirmed(1, change.id().value(), "NURSE-7");

        assertThat(change.after(confirmed)).isEqualTo(new OrderState.Complete());
        assertThat(order.after(confirmed)).isEqualTo(order.state());
    }
}
