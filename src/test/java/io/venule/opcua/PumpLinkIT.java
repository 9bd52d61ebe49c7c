package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.audit.AuditKind;
import io.venule.audit.Cosignature;
import io.venule.audit.DetailSchema;
import io.venule.order.PumpLink.Delivery;
import io.venule.order.PumpLink.ReadBack;
import io.venule.order.PumpLink.Readiness;
import io.venule.pump.ChannelState;
import io.venule.pump.LiveChannels.Heard;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpRecord;
import io.venule.pump.RateCause;
import io.venule.pump.Receipt;
import io.venule.pump.RecordHead;
import io.venule.simulator.FleetPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to a pump over a real OPC UA connection on loopback. Invariants 3, 4 and 5; pump contract. */
class PumpLinkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration HEARD_AGAIN = Duration.ofSeconds(10);
    private static final int RESTARTS = Integer.getInteger("venule.pump.restarts", 5);

    @TempDir
    private Path folder;

    private PumpWard ward;

    @BeforeEach
    void openWard() {
        ward = new PumpWard(folder, new FleetPlan(1, 0, 1, Optional.empty()));
        await().atMost(PATIENCE).until(ward::isOpen);
    }

    @AfterEach
    void closeWard() {
        ward.close();
    }

    @Test
    void an_order_is_accepted_started_and_titrated_at_the_pump_and_every_step_arrives() {
        var order = ward.order();

        var delivery = ward.link().deliver(order);
        var started = ward.press("/channels/1/start", "badge=NURSE-7");
        var changed = ward.press("/channels/1/rate", "badge=NURSE-7&rate=15.0");
        var changedWell = ward.press("/channels/1/rate", "badge=NURSE-7&rate=15");
        var stopped = ward.press("/channels/1/stop", "badge=NURSE-7");

        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Answered.class,
                        answered -> assertThat(answered.receipt().answer()).isEqualTo(new Receipt.Answer.Accepted()));
        assertThat(List.of(started, changed, changedWell, stopped)).containsExactly(200, 409, 200, 200);
        await().atMost(PATIENCE).until(() -> ward.events().stream().anyMatch(PumpEvent.Stopped.class::isInstance));
        assertThat(ward.events())
                .filteredOn(PumpEvent.RateChanged.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(PumpEvent.RateChanged.class, event -> {
                    assertThat(event.from().print()).isEqualTo("13.1 mL/h");
                    assertThat(event.to().print()).isEqualTo("15 mL/h");
                    assertThat(event.who()).isEqualTo("NURSE-7");
                    assertThat(event.cause()).isEqualTo(RateCause.KEYPAD);
                    assertThat(event.orderId()).isEqualTo(order.id().value());
                });
        assertContiguous(ward.records());
    }

    /** P-12: whoever has seen the log remembers it. */
    @Test
    void a_pump_that_is_connected_has_cosigned_the_servers_log() {
        await().atMost(PATIENCE).until(() -> ward.words.witnessed().isPresent());

        var witnessed = ward.words.witnessed().orElseThrow();
        assertThat(witnessed.head()).isEqualTo(ward.log.head());
        assertThat(Cosignature.under(witnessed, List.of(ward.witness()))).hasSize(1);
        assertThat(ward.words.contradictions()).isEmpty();
    }

    @Test
    void the_same_order_twice_gets_one_receipt_and_one_record() {
        var order = ward.order();

        var first = ward.link().deliver(order);
        var second = ward.link().deliver(order);

        assertThat(second).isEqualTo(first);
        await().atMost(PATIENCE)
                .until(() -> ward.events().stream().anyMatch(PumpEvent.OrderAccepted.class::isInstance));
        assertThat(ward.events())
                .filteredOn(PumpEvent.OrderAccepted.class::isInstance)
                .hasSize(1);
    }

    @Test
    void an_order_for_a_situation_that_is_gone_is_rejected_with_the_reason() {
        var order = ward.order();
        var overtaken = ward.order();
        ward.link().deliver(order);

        var delivery = ward.link().deliver(overtaken);

        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Answered.class,
                        answered -> assertThat(answered.receipt().answer())
                                .isEqualTo(new Receipt.Answer.Rejected(Receipt.Rejection.SEQUENCE)));
    }

    @Test
    void a_pump_killed_after_it_accepted_leaves_the_order_unconfirmed_until_it_is_read_back() {
        var order = ward.order();
        ward.link().deliver(order);
        ward.fleet().switchOff(ward.pump());

        var lost = ward.link().deliver(order);
        var unreachable = ward.link().readBack(ward.channel(), order.id());
        ward.fleet().switchOn(ward.pump());
        // The old session may seem open until its loss is noticed.
        var known = await().atMost(PATIENCE)
                .until(() -> ward.link().readBack(ward.channel(), order.id()), ReadBack.Known.class::isInstance);

        assertThat(lost).isInstanceOf(Delivery.Unconfirmed.class);
        assertThat(unreachable).isInstanceOf(ReadBack.NotReachable.class);
        assertThat(known)
                .isInstanceOfSatisfying(
                        ReadBack.Known.class,
                        read -> assertThat(read.receipt().answer()).isEqualTo(new Receipt.Answer.Accepted()));
    }

    @Test
    void an_order_the_pump_never_saw_is_known_to_be_so() {
        var order = ward.order();

        var answer = ward.link().readBack(ward.channel(), order.id());

        assertThat(answer).isEqualTo(new ReadBack.NeverSeen());
    }

    @Test
    void what_happened_while_the_server_was_down_arrives_once_and_in_order() {
        ward.link().deliver(ward.order());
        ward.press("/channels/1/start", "badge=NURSE-7");
        ward.serverDown();
        ward.press("/channels/1/rate", "badge=NURSE-7&rate=14");
        ward.press("/channels/1/rate", "badge=NURSE-7&rate=14.5");
        ward.press("/channels/1/alarm", "kind=OCCLUSION&on=yes");

        ward.serverUp();
        await().atMost(PATIENCE).until(() -> ward.events().stream().anyMatch(PumpEvent.AlarmStarted.class::isInstance));
        ward.press("/channels/1/stop", "badge=NURSE-7");

        await().atMost(PATIENCE).until(() -> ward.events().getLast() instanceof PumpEvent.AlarmEnded);
        assertThat(ward.events().stream().filter(PumpEvent.RateChanged.class::isInstance))
                .hasSize(3);
        assertContiguous(ward.records());
    }

    @Test
    void records_of_every_start_of_the_pump_arrive_even_of_those_nobody_saw() {
        ward.serverDown();
        ward.fleet().switchOff(ward.pump());
        ward.fleet().switchOn(ward.pump());
        ward.fleet().switchOff(ward.pump());
        ward.fleet().switchOn(ward.pump());

        ward.serverUp();

        await().atMost(PATIENCE).until(() -> count(PumpEvent.Booted.class) == 3);
        assertContiguous(ward.records());
    }

    /** T-28; {@code -Dvenule.pump.restarts=200} goes on for longer. */
    @Test
    void after_every_restart_of_the_pump_it_is_heard_again_within_ten_seconds_and_nothing_is_missing() {
        for (int i = 1; i <= RESTARTS; i++) {
            ward.fleet().switchOff(ward.pump());
            ward.fleet().switchOn(ward.pump());
            // A simulated pump boots with its door shut.
            assertThat(ward.press("/channels/1/door", "open=yes")).isEqualTo(200);
            var moved = i;

            await("after restart " + i)
                    .atMost(HEARD_AGAIN)
                    .untilAsserted(() -> assertThat(ward.events())
                            .filteredOn(PumpEvent.DoorChanged.class::isInstance)
                            .hasSize(moved));
            await("after restart " + i)
                    .atMost(HEARD_AGAIN)
                    .until(() -> ward.live()
                            .of(ward.channel())
                            .filter(Heard.Live.class::isInstance)
                            .isPresent());
        }

        assertThat(count(PumpEvent.Booted.class)).isEqualTo(RESTARTS + 1);
        assertContiguous(ward.records());
    }

    private long count(Class<? extends PumpEvent> kind) {
        return ward.events().stream().filter(kind::isInstance).count();
    }

    @Test
    void the_board_shows_what_the_pump_reports_and_says_so_when_it_is_lost() {
        ward.link().deliver(ward.order());

        await().atMost(PATIENCE)
                .until(() -> ward.live()
                        .of(ward.channel())
                        .filter(heard -> heard instanceof Heard.Live
                                && heard.status().state() == ChannelState.ORDER_PENDING
                                && heard.status().drug().equals("DOPamine"))
                        .isPresent());
        ward.fleet().switchOff(ward.pump());

        await().atMost(Duration.ofSeconds(10))
                .until(() -> ward.live()
                        .of(ward.channel())
                        .filter(Heard.Lost.class::isInstance)
                        .isPresent());
        assertThat(ward.link().challenge(ward.channel())).isInstanceOf(Readiness.NotReachable.class);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ward.doubts).anySatisfy(entry -> {
                    assertThat(entry.kind()).isEqualTo(AuditKind.PUMP_DOUBTED);
                    assertThat(entry.place()).isEqualTo(ward.pump().value());
                    assertThat(entry.said("what")).isEqualTo("connection lost");
                    assertThat(DetailSchema.fault(entry)).isEmpty();
                }));
    }

    /** P-06: what is due after a while does not wait for a wall clock that was set back. */
    @ParameterizedTest(name = "by {0}")
    @ValueSource(strings = {"-PT1H", "PT1H"})
    void the_board_goes_on_when_the_server_s_clock_is_set(Duration by) {
        var before = Instant.now();
        ward.setClock(by);

        await().atMost(PATIENCE)
                .until(() -> ward.live()
                        .of(ward.channel())
                        .filter(heard -> by.isNegative()
                                ? heard.status().reportedAt().isBefore(before)
                                : heard.status().reportedAt().isAfter(before.plus(by)))
                        .isPresent());
    }

    /** T-70. */
    @Test
    void
            a_server_that_wakes_after_its_lease_ran_out_asks_and_sends_nothing_until_the_record_says_the_pump_is_its_own() {
        var order = ward.order();
        ward.sleepFor(Duration.ofDays(1));

        var asked = ward.link().challenge(ward.channel());
        var sent = ward.link().deliver(order);
        var ahead = ward.link().challengeAhead(ward.channel());
        ward.leaseRound();
        await().atMost(PATIENCE).until(() -> ward.link().challenge(ward.channel()) instanceof Readiness.Ready);

        assertThat(asked).isInstanceOf(Readiness.NotReachable.class);
        assertThat(ahead).isInstanceOf(Readiness.NotReachable.class);
        assertThat(sent).isInstanceOf(Delivery.Unconfirmed.class);
        assertThat(ward.link().readBack(ward.channel(), order.id())).isEqualTo(new ReadBack.NeverSeen());
    }

    /** T-70: it looked at its lease, was stopped, and goes on where it stood, with a list of revoked keys to bring. */
    @Test
    void a_session_that_was_stopped_in_the_middle_of_its_work_calls_nothing_when_it_goes_on() {
        var client = ward.fleet().clients(ward.pump()).getFirst();
        var before = new AtomicLong(-1);
        ward.meanwhile(() -> {
            ward.sleepFor(Duration.ofDays(1));
            ward.revocations = Optional.of(ward.keys().revocations(1, List.of()));
            before.set(client.calls().getAsLong());
        });

        await().atMost(PATIENCE).until(() -> before.get() >= 0 && !ward.isOpen());

        assertThat(client.calls().getAsLong()).isEqualTo(before.get());
        ward.leaseRound();
        await().atMost(PATIENCE).until(() -> ward.link().challenge(ward.channel()) instanceof Readiness.Ready);
    }

    /** T-70: a server that is late with what it was told, or hears late that it has the pump by another lease. */
    @ParameterizedTest(name = "of a lease whose number is {0} away")
    @ValueSource(longs = {-1, 1})
    void an_order_that_was_made_under_another_lease_is_not_sent(long away) {
        var order = ward.order(away);

        var sent = ward.link().deliver(order);

        assertThat(sent)
                .isEqualTo(new Delivery.Unconfirmed("the pump passed to another server after the order was approved"));
        assertThat(ward.link().readBack(ward.channel(), order.id())).isEqualTo(new ReadBack.NeverSeen());
    }

    /** T-70. */
    @Test
    void an_order_that_was_approved_before_the_pump_went_to_another_server_and_came_back_is_not_sent() {
        var order = ward.order();
        ward.passOnAndBack();
        await().atMost(PATIENCE).until(() -> ward.link().challenge(ward.channel()) instanceof Readiness.Ready);

        var late = ward.link().deliver(order);
        var read = ward.link().readBack(ward.channel(), order.id());
        var fresh = ward.link().deliver(ward.order());

        assertThat(late).isInstanceOf(Delivery.Unconfirmed.class);
        assertThat(read).isEqualTo(new ReadBack.NeverSeen());
        assertThat(fresh).isInstanceOf(Delivery.Answered.class);
    }

    private static void assertContiguous(List<PumpRecord> records) {
        assertThat(records.getFirst().position().sequence()).isEqualTo(1);
        assertThat(IntStream.range(1, records.size())).allMatch(i -> {
            var before = records.get(i - 1);
            return new RecordHead(before.position(), before.hash()).isFollowedBy(records.get(i));
        });
    }
}
