package io.venule.order;

import static io.venule.order.DeskAtWork.CHANNEL;
import static io.venule.order.DeskAtWork.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.Receipt;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.staff.Role;
import io.venule.staff.StaffMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Stopping and cancelling: a nurse and a pump that answers are enough. Decision 8; T-20, T-37, T-46. */
class StopDeskTest {
    private static final String WAITING = "1".repeat(64);
    private static final String RUNNING = "2".repeat(64);
    private static final OrderId ORDER = new OrderId("c".repeat(32));

    private final DeskAtWork ward = new DeskAtWork();
    private final AtomicBoolean recordGone = new AtomicBoolean();
    private final List<RuntimeException> lost = new ArrayList<>();
    private final OwedRecord owed = new OwedRecord(Duration.ofMillis(20), lost::add);

    @AfterEach
    void close() {
        owed.close();
    }

    private StopDesk desk() {
        ward.lastOrder = WAITING;
        ward.running = RUNNING;
        AuditTrail trail = entry -> {
            if (recordGone.get()) {
                throw new RecordUnavailable(new IllegalStateException("gone"));
            }
            ward.orders.append(entry);
        };
        return ward.stopDesk(new StopDesk.Written(trail, owed));
    }

    private void pumpWorksOnTheOrder(ChannelState state) {
        ward.state = state;
        ward.channels.report(new ChannelStatus(
                CHANNEL, state, "", new FlowRate(0), Volume.ZERO, Volume.ZERO, ORDER.value(), 1, NOON));
    }

    private Ended end(EndForm.What what) {
        return desk().end(new EndForm(ORDER, what, EndForm.Reason.OTHER), ward.nurse);
    }

    private JsonObject sent() {
        return DeskAtWork.payload(ward.sent.getFirst());
    }

    private static String text(JsonObject object, String name) {
        return ((Json.JsonText) Objects.requireNonNull(object.members().get(name))).value();
    }

    private static JsonObject object(JsonObject object, String name) {
        return (JsonObject) Objects.requireNonNull(object.members().get(name));
    }

    private List<AuditKind> kinds() {
        return ward.orders.log().stream().map(AuditEntry::kind).toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = ChannelState.class,
            names = {"RUNNING", "KEEP_VEIN_OPEN", "PAUSED", "ALARM"})
    void a_stop_names_what_the_pump_runs_and_is_on_record_before_and_after(ChannelState state) {
        pumpWorksOnTheOrder(state);
        ward.whileSending = () -> assertThat(kinds()).containsExactly(AuditKind.STOP_ASKED);

        var ended = end(EndForm.What.STOP);

        assertThat(ended).isEqualTo(new Ended.Shown(true));
        assertThat(text(object(sent(), "target"), "hash")).isEqualTo(RUNNING);
        assertThat(text(object(sent(), "target"), "id")).isEqualTo(ORDER.value());
        assertThat(text(sent(), "op")).isEqualTo("stop");
        assertThat(kinds()).containsExactly(AuditKind.STOP_ASKED, AuditKind.STOP_TAKEN);
    }

    @Test
    void without_a_key_of_the_pump_s_ward_nothing_is_sent_and_the_person_is_told() {
        pumpWorksOnTheOrder(ChannelState.RUNNING);
        ward.hasKey = false;

        var ended = end(EndForm.What.STOP);

        assertThat(ended)
                .isInstanceOfSatisfying(
                        Ended.NotReached.class, no -> assertThat(no.reason()).contains("no key"));
        assertThat(ward.sent).isEmpty();
        assertThat(kinds()).containsExactly(AuditKind.STOP_ASKED, AuditKind.STOP_NOT_DONE);
    }

    @Test
    void the_entries_say_who_asked_why_and_what_it_was_before_and_after() {
        pumpWorksOnTheOrder(ChannelState.RUNNING);

        end(EndForm.What.STOP);

        var asked = ward.orders.log().getFirst();
        assertThat(asked.actor()).isEqualTo(ward.nurse.id().value());
        assertThat(asked.order()).isEqualTo(ORDER.value());
        assertThat(asked.place()).isEqualTo(CHANNEL.toString());
        assertThat(asked.details().members().keySet()).containsExactly("displayed", "nurse", "op", "reason");
        var done = ward.orders.log().getLast();
        assertThat(text(done.details(), "from")).isEqualTo("running");
        assertThat(done.signed()).containsExactly(ward.sent.getFirst().text(), DeskAtWork.CERTIFICATE, "a.b.c");
    }

    @ParameterizedTest
    @CsvSource({"CANCEL,cancel", "STOP,stop"})
    void what_waits_for_start_is_taken_back_by_either(EndForm.What what, String op) {
        pumpWorksOnTheOrder(ChannelState.ORDER_PENDING);
        ward.whileSending = () -> ward.state = ChannelState.IDLE;

        var ended = end(what);

        assertThat(ended).isEqualTo(new Ended.Done(true));
        assertThat(text(object(sent(), "target"), "hash")).isEqualTo(WAITING);
        assertThat(text(sent(), "op")).isEqualTo(op);
    }

    /** Found by the simulation: the nurse was told that the order had been taken back, and it ran. */
    @Test
    void a_stop_of_what_was_started_a_moment_before_is_only_shown() {
        pumpWorksOnTheOrder(ChannelState.ORDER_PENDING);
        ward.whileSending = () -> ward.state = ChannelState.RUNNING;

        var ended = end(EndForm.What.STOP);

        assertThat(ended).isEqualTo(new Ended.Shown(true));
    }

    @Test
    void a_cancel_names_the_order_that_waits_and_never_the_one_that_runs() {
        pumpWorksOnTheOrder(ChannelState.RUNNING);

        end(EndForm.What.CANCEL);

        assertThat(text(object(sent(), "target"), "hash")).isEqualTo(WAITING);
    }

    @Test
    void a_stop_lives_fifteen_seconds_and_overtakes() {
        pumpWorksOnTheOrder(ChannelState.RUNNING);

        end(EndForm.What.STOP);

        assertThat(ward.sent.getFirst().expires()).isEqualTo(NOON.plusSeconds(15));
        assertThat(ward.sent.getFirst().isOvertaking()).isTrue();
    }

    @Test
    void an_order_that_crossed_a_queue_still_overtakes_and_a_program_still_does_not() {
        ward.placed();
        pumpWorksOnTheOrder(ChannelState.RUNNING);
        end(EndForm.What.STOP);

        assertThat(ward.sent.stream().map(this::reread).map(SignedOrder::isOvertaking))
                .containsExactly(false, true);
    }

    private SignedOrder reread(SignedOrder order) {
        return ((OrderVerifier.Read.Good) ward.verifier().read(order.text(), NOON)).order();
    }

    @ParameterizedTest
    @CsvSource({"RUNNING", "KEEP_VEIN_OPEN", "PAUSED", "ALARM"})
    void a_pump_that_holds_another_library_and_whose_release_is_old_is_stopped_all_the_same(ChannelState state) {
        pumpWorksOnTheOrder(state);
        ward.held = new io.venule.druglibrary.LibraryVersion(1, "d".repeat(64));

        assertThat(end(EndForm.What.STOP)).isInstanceOf(Ended.Shown.class);
    }

    @Test
    void while_the_record_is_gone_a_stop_is_sent_and_entered_when_it_answers_again() {
        pumpWorksOnTheOrder(ChannelState.RUNNING);
        recordGone.set(true);

        var ended = end(EndForm.What.STOP);

        assertThat(ended).isEqualTo(new Ended.Shown(false));
        assertThat(ward.sent).hasSize(1);
        assertThat(owed.owed()).isEqualTo(2);
        recordGone.set(false);
        await().atMost(Duration.ofSeconds(5)).until(() -> owed.owed() == 0);
        assertThat(kinds()).containsExactly(AuditKind.STOP_ASKED, AuditKind.STOP_TAKEN);
        assertThat(lost).isEmpty();
    }

    @Test
    void a_second_stop_does_not_wait_for_a_record_that_is_owed_already() {
        pumpWorksOnTheOrder(ChannelState.RUNNING);
        recordGone.set(true);
        var desk = desk();
        var form = new EndForm(ORDER, EndForm.What.STOP, EndForm.Reason.OTHER);
        desk.end(form, ward.nurse);

        var from = System.nanoTime();
        desk.end(form, ward.nurse);

        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofMillis(500));
        assertThat(ward.sent).hasSize(2);
    }

    @Test
    void a_pump_that_does_not_answer_gets_nothing_and_the_nurse_is_told() {
        pumpWorksOnTheOrder(ChannelState.RUNNING);
        ward.reachable = false;

        assertThat(end(EndForm.What.STOP)).isEqualTo(new Ended.NotReached("no session"));
        assertThat(ward.sent).isEmpty();
        assertThat(kinds()).containsExactly(AuditKind.STOP_ASKED, AuditKind.STOP_NOT_DONE);
    }

    @Test
    void a_missing_answer_is_no_stop() {
        pumpWorksOnTheOrder(ChannelState.RUNNING);
        ward.answer = Optional.empty();

        assertThat(end(EndForm.What.STOP)).isInstanceOf(Ended.Unconfirmed.class);
        assertThat(kinds()).containsExactly(AuditKind.STOP_ASKED, AuditKind.STOP_NOT_DONE);
    }

    @ParameterizedTest
    @EnumSource(Receipt.Rejection.class)
    void what_the_pump_refuses_is_no_stop(Receipt.Rejection code) {
        pumpWorksOnTheOrder(ChannelState.RUNNING);
        ward.answer = Optional.of(new Receipt.Answer.Rejected(code));

        assertThat(end(EndForm.What.STOP))
                .isEqualTo(code == Receipt.Rejection.EXPECTATION ? new Ended.NotThere() : new Ended.Rejected(code));
        assertThat(kinds()).containsExactly(AuditKind.STOP_ASKED, AuditKind.STOP_NOT_DONE);
    }

    @Test
    void an_idle_pump_that_never_had_an_order_is_not_asked() {
        pumpWorksOnTheOrder(ChannelState.IDLE);
        var desk = desk();
        ward.running = "0".repeat(64);

        assertThat(desk.end(new EndForm(ORDER, EndForm.What.STOP, EndForm.Reason.OTHER), ward.nurse))
                .isEqualTo(new Ended.NotThere());
        assertThat(ward.sent).isEmpty();
    }

    @Test
    void an_order_nobody_knows_is_nothing() {
        assertThat(end(EndForm.What.STOP)).isEqualTo(new Ended.Unknown());
        assertThat(ward.orders.log()).isEmpty();
    }

    @Test
    void an_order_is_found_on_record_where_no_pump_was_heard_with_it() {
        var order = ((Outcome.Accepted) ward.placed()).order();

        var ended = desk().end(new EndForm(order.id(), EndForm.What.CANCEL, EndForm.Reason.NOT_NEEDED), ward.nurse);

        assertThat(ended).isEqualTo(new Ended.Done(true));
    }

    @Test
    void only_a_nurse_stops() {
        var auditor = new StaffMember(ward.nurse.id(), ward.nurse.name(), Set.of(Role.AUDITOR), ward.nurse.signIn());

        assertThatThrownBy(() -> desk().end(new EndForm(ORDER, EndForm.What.STOP, EndForm.Reason.OTHER), auditor))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ward.sent).isEmpty();
    }

    @Test
    void what_is_wrong_with_an_entry_itself_is_told_and_holds_nothing_up() {
        owed.soon(() -> {
            throw new IllegalStateException("no entry");
        });

        assertThat(owed.soon(() -> {})).isTrue();
        assertThat(lost).hasSize(1);
    }
}
