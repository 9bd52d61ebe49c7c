package io.venule.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.pump.PumpEvent;
import io.venule.pump.RateCause;
import io.venule.pump.Receipt;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way an order may go, and that nothing leads out of an end. Invariants 3 and 5; T-34. */
class OrderStateTest {
    private static final String ORDER = "0123456789abcdef0123456789abcdef";
    private static final FlowRate RATE = FlowRate.ofMillilitresPerHour("13.1");
    private static final Volume SOME = Volume.ofMillilitres("5");

    private static final PumpEvent ACCEPTED = new PumpEvent.OrderAccepted(1, ORDER);
    private static final PumpEvent STARTED = new PumpEvent.Started(1, ORDER, RATE);
    private static final PumpEvent COMPLETE = new PumpEvent.VolumeComplete(1, ORDER, SOME);
    private static final PumpEvent STOPPED = new PumpEvent.Stopped(1, ORDER, SOME, "badge");
    private static final PumpEvent DROPPED = new PumpEvent.OrderDropped(1, ORDER, "TIME");

    static Stream<OrderState> open() {
        return Stream.of(
                new OrderState.Approved(),
                new OrderState.Unconfirmed(Instant.EPOCH),
                new OrderState.Waiting(),
                new OrderState.Running());
    }

    static Stream<OrderState> ended() {
        return Stream.of(
                new OrderState.Complete(),
                new OrderState.Stopped(),
                new OrderState.Dropped("TIME"),
                new OrderState.Rejected(Receipt.Rejection.NONCE),
                new OrderState.Expired());
    }

    @ParameterizedTest
    @MethodSource("open")
    void what_may_still_change_follows_the_pump(OrderState state) {
        assertThat(state.isOpen()).isTrue();
        assertThat(state.after(STARTED)).isEqualTo(new OrderState.Running());
        assertThat(state.after(COMPLETE)).isEqualTo(new OrderState.Complete());
        assertThat(state.after(STOPPED)).isEqualTo(new OrderState.Stopped());
        assertThat(state.after(DROPPED)).isEqualTo(new OrderState.Dropped("TIME"));
    }

    @Test
    void a_refusal_ends_only_what_the_pump_has_not_taken() {
        var refused = new PumpEvent.OrderRejected(1, ORDER, "NONCE");

        assertThat(new OrderState.Approved().after(refused))
                .isEqualTo(new OrderState.Rejected(Receipt.Rejection.NONCE));
        assertThat(new OrderState.Unconfirmed(Instant.EPOCH).after(refused))
                .isEqualTo(new OrderState.Rejected(Receipt.Rejection.NONCE));
        assertThat(new OrderState.Waiting().after(refused)).isEqualTo(new OrderState.Waiting());
        assertThat(new OrderState.Running().after(refused)).isEqualTo(new OrderState.Running());
    }

    @Test
    void a_boot_of_the_pump_ends_what_it_had_taken_and_nothing_else() {
        var booted = new PumpEvent.Booted("1");

        assertThat(new OrderState.Waiting().after(booted)).isEqualTo(new OrderState.Dropped("BOOTED"));
        assertThat(new OrderState.Running().after(booted)).isEqualTo(new OrderState.Stopped());
        assertThat(new OrderState.Approved().after(booted)).isEqualTo(new OrderState.Approved());
        assertThat(new OrderState.Unconfirmed(Instant.EPOCH).after(booted))
                .isEqualTo(new OrderState.Unconfirmed(Instant.EPOCH));
    }

    @ParameterizedTest
    @MethodSource("ended")
    void no_record_leads_out_of_an_end(OrderState state) {
        assertThat(state.isOpen()).isFalse();
        for (var event : List.of(ACCEPTED, STARTED, COMPLETE, STOPPED, DROPPED, new PumpEvent.Booted("1"))) {
            assertThat(state.after(event)).isEqualTo(state);
        }
    }

    @Test
    void a_late_record_of_acceptance_does_not_take_a_running_infusion_back() {
        assertThat(new OrderState.Running().after(ACCEPTED)).isEqualTo(new OrderState.Running());
        assertThat(new OrderState.Approved().after(ACCEPTED)).isEqualTo(new OrderState.Waiting());
        assertThat(new OrderState.Unconfirmed(Instant.EPOCH).after(ACCEPTED)).isEqualTo(new OrderState.Waiting());
    }

    @ParameterizedTest
    @MethodSource("open")
    void records_that_do_not_concern_its_life_leave_it(OrderState state) {
        var events = List.of(
                new PumpEvent.Confirmed(1, ORDER, "badge"),
                new PumpEvent.RateChanged(1, ORDER, RATE, RATE, "badge", RateCause.KEYPAD),
                new PumpEvent.Paused(1, ORDER, SOME),
                new PumpEvent.KeepVeinOpen(1, ORDER, RATE),
                new PumpEvent.DoorChanged(1, true),
                new PumpEvent.ClockSet(5));

        assertThat(events).allSatisfy(event -> assertThat(state.after(event)).isEqualTo(state));
    }

    @Test
    void no_answer_is_never_running() {
        var unconfirmed = new OrderState.Approved().unanswered(Instant.EPOCH);

        assertThat(unconfirmed).isEqualTo(new OrderState.Unconfirmed(Instant.EPOCH));
        assertThat(unconfirmed.answered(new Receipt.Answer.Accepted())).isEqualTo(new OrderState.Waiting());
        assertThat(unconfirmed.neverArrived()).isEqualTo(new OrderState.Expired());
    }

    @ParameterizedTest
    @EnumSource(Receipt.Rejection.class)
    void every_rejection_ends_the_order_with_its_code(Receipt.Rejection code) {
        var answer = new Receipt.Answer.Rejected(code);

        assertThat(new OrderState.Approved().answered(answer)).isEqualTo(new OrderState.Rejected(code));
        assertThat(new OrderState.Unconfirmed(Instant.EPOCH).answered(answer)).isEqualTo(new OrderState.Rejected(code));
    }

    @Test
    void a_record_with_a_code_that_nobody_knows_still_ends_the_order() {
        assertThat(new OrderState.Approved().after(new PumpEvent.OrderRejected(1, ORDER, "NEW_IN_2030")))
                .isEqualTo(new OrderState.Rejected(Receipt.Rejection.MALFORMED));
    }

    @Test
    void each_state_has_a_word_of_its_own() {
        assertThat(Stream.concat(open(), ended()).map(OrderState::word)).doesNotHaveDuplicates();
    }
}
