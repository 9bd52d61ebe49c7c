package io.venule.store;

import static io.venule.store.WardFixture.NOON;
import static io.venule.store.WardFixture.aChannel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditLog;
import io.venule.order.OrderId;
import io.venule.order.OrderState;
import io.venule.order.PumpRecords;
import io.venule.order.PumpRecords.Logged;
import io.venule.order.SignedOrderFixture;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpRecord;
import io.venule.pump.PumpSerial;
import io.venule.pump.RateCause;
import io.venule.pump.RecordHead;
import io.venule.pump.RecordPosition;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.signing.Digest;
import io.venule.signing.SigningKey;
import io.venule.stack.BackboneResource;
import io.venule.store.WardFixture.Bedside;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pumps report is kept once, in order and without gap, with the order states it brings about. Invariant 5. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class PumpRecordsIT {
    private static final String EPOCH = "0123456789abcdef0123456789abcdef";
    private static final FlowRate RATE = FlowRate.ofMillilitresPerHour("100");

    @Inject
    PostgresPumpRecords leased;

    @Inject
    PostgresOrders orders;

    @Inject
    PostgresAdmissions admissions;

    @Inject
    AuditLog log;

    @Inject
    Transactions transactions;

    private PumpRecords records;

    @BeforeEach
    void hold() {
        records = new RecordsAsHolder(leased, transactions);
    }

    /** Records that follow {@code head}, one for each event. */
    private static List<Logged> following(PumpSerial pump, Optional<RecordHead> head, List<PumpEvent> events) {
        var last = head.orElse(RecordHead.before(EPOCH));
        var made = new ArrayList<Logged>();
        for (var event : events) {
            var position = new RecordPosition(EPOCH, last.position().sequence() + 1);
            var hash = Digest.ofText(pump + " " + position).hex();
            var record = new PumpRecord(
                    pump, position, last.hash(), hash, NOON, 1000, event, "a.b." + "c".repeat(1 + made.size() % 300));
            made.add(new Logged(record, WardFixture.recordOf(pump, position)));
            last = new RecordHead(position, hash);
        }
        return made;
    }

    private static List<PumpEvent> doors(int count) {
        return Collections.nCopies(count, new PumpEvent.DoorChanged(1, true));
    }

    private long countOf(PumpSerial pump) {
        return transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.prepareStatement("SELECT count(*) FROM pump_record r JOIN audit_leaf l"
                    + " ON l.index = r.audit_index AND l.place = r.pump WHERE r.pump = ?")) {
                statement.setString(1, pump.value());
                try (var found = statement.executeQuery()) {
                    found.next();
                    return found.getLong(1);
                }
            }
        }));
    }

    @Test
    void records_are_kept_with_an_entry_each_and_the_head_moves() {
        var pump = aChannel().pump();
        var batch = following(pump, Optional.empty(), doors(500));

        assertThat(records.head(pump)).isEmpty();
        assertThat(records.keep(pump, Optional.empty(), batch)).isTrue();

        assertThat(records.head(pump).orElseThrow().position().sequence()).isEqualTo(500);
        assertThat(countOf(pump)).isEqualTo(500);
    }

    /** One and many go by different ways into the table, and what is in it is the same. */
    @ParameterizedTest
    @ValueSource(ints = {1, 23, 24, 25, 400})
    void of_however_many_records_each_column_says_what_the_record_says(int count) {
        var pump = aChannel().pump();
        var events = List.<PumpEvent>of(
                new PumpEvent.DoorChanged(3, true),
                new PumpEvent.PowerChanged(false, 40),
                new PumpEvent.OrderDropped(2, "9".repeat(32), "EXPIRED"));
        var batch = following(
                pump,
                Optional.empty(),
                IntStream.range(0, count)
                        .mapToObj(i -> events.get(i % events.size()))
                        .toList());
        batch.set(count / 2, withText(batch.get(count / 2), "a.b." + "l".repeat(300_000)));
        var before = log.head().size();

        assertThat(records.keep(pump, Optional.empty(), batch)).isTrue();

        assertThat(rowsOf(pump, before)).isEqualTo(expected(batch));
    }

    /** Longer than any pump's: larger than what is sent to the database at a time. */
    private static Logged withText(Logged logged, String signed) {
        var record = logged.record();
        return new Logged(
                new PumpRecord(
                        record.pump(),
                        record.position(),
                        record.previousHash(),
                        record.hash(),
                        record.pumpClock(),
                        record.uptimeMillis(),
                        record.event(),
                        signed),
                logged.entry());
    }

    private static List<String> expected(List<Logged> batch) {
        var rows = new ArrayList<String>();
        for (var logged : batch) {
            var record = logged.record();
            rows.add(String.join(
                    "|",
                    record.position().epoch(),
                    Long.toString(record.position().sequence()),
                    record.previousHash(),
                    record.hash(),
                    record.pumpClock().toString(),
                    Long.toString(record.uptimeMillis()),
                    record.event().getClass().getSimpleName(),
                    record.event() instanceof PumpEvent.OfChannel on ? Integer.toString(on.channel()) : "none",
                    record.event() instanceof PumpEvent.OrderDropped dropped ? dropped.orderId() : "",
                    record.signed(),
                    Integer.toString(rows.size())));
        }
        return rows;
    }

    /** @param first index that an entry of theirs can have */
    private List<String> rowsOf(PumpSerial pump, long first) {
        return transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement =
                    connection.prepareStatement("SELECT concat_ws('|', epoch, sequence, previous_hash, hash,"
                            + " to_char(pump_clock AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), uptime_ms, event,"
                            + " coalesce(channel::text, 'none'), order_id, signed, audit_index - ?)"
                            + " FROM pump_record WHERE pump = ? ORDER BY sequence")) {
                statement.setLong(1, first);
                statement.setString(2, pump.value());
                var rows = new ArrayList<String>();
                try (var found = statement.executeQuery()) {
                    while (found.next()) {
                        rows.add(found.getString(1));
                    }
                }
                return rows;
            }
        }));
    }

    @Test
    void the_same_records_again_under_the_head_of_before_change_nothing() {
        var pump = aChannel().pump();
        var batch = following(pump, Optional.empty(), doors(3));
        records.keep(pump, Optional.empty(), batch);
        var size = log.head().size();

        assertThat(records.keep(pump, Optional.empty(), batch)).isFalse();

        assertThat(countOf(pump)).isEqualTo(3);
        assertThat(log.head().size()).isEqualTo(size);
    }

    @Test
    void of_ten_reporters_of_the_same_records_exactly_one_keeps_them() throws Exception {
        var pump = aChannel().pump();
        records.keep(pump, Optional.empty(), following(pump, Optional.empty(), doors(2)));
        var head = records.head(pump);
        var batch = following(pump, head, doors(5));
        Callable<Boolean> report = () -> records.keep(pump, head, batch);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(Collections.nCopies(10, report)))
                    .filteredOn(kept -> kept.resultNow())
                    .hasSize(1);
        }
        assertThat(countOf(pump)).isEqualTo(7);
    }

    @Test
    void a_record_that_does_not_follow_is_a_fault_of_ours_and_keeps_nothing() {
        var pump = aChannel().pump();
        var batch = following(pump, Optional.empty(), doors(3));
        var gap = List.of(batch.get(0), batch.get(2));

        assertThatThrownBy(() -> records.keep(pump, Optional.empty(), gap))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(countOf(pump)).isZero();
    }

    @Test
    void an_order_goes_through_its_life_by_the_records_of_its_pump() {
        var channel = aChannel();
        var order = anOrderOn(channel);
        var id = order.value();

        var states = new ArrayList<OrderState>();
        for (PumpEvent event : List.of(
                new PumpEvent.OrderAccepted(1, id),
                new PumpEvent.Started(1, id, RATE),
                new PumpEvent.RateChanged(1, id, RATE, FlowRate.ZERO, "badge", RateCause.KEYPAD),
                new PumpEvent.VolumeComplete(1, id, Volume.ofMillilitres("1000")))) {
            report(channel.pump(), event);
            states.add(orders.find(order).orElseThrow().state());
        }

        assertThat(states)
                .containsExactly(
                        new OrderState.Waiting(),
                        new OrderState.Running(),
                        new OrderState.Running(),
                        new OrderState.Complete());
    }

    @Test
    void a_pump_moves_no_order_of_another_pump_or_channel() {
        var channel = aChannel();
        var order = anOrderOn(channel);

        report(aChannel().pump(), new PumpEvent.Started(1, order.value(), RATE));
        report(channel.pump(), new PumpEvent.Started(2, order.value(), RATE));

        assertThat(orders.find(order).orElseThrow().state()).isEqualTo(new OrderState.Approved());
    }

    @Test
    void a_boot_ends_what_the_pump_had_taken_on_any_channel_and_nothing_else() {
        var first = aChannel();
        var pump = first.pump();
        var running = anOrderOn(first);
        var waiting = anOrderOn(new ChannelId(pump, 2));
        var onItsWay = anOrderOn(new ChannelId(pump, 3));
        var elsewhere = aChannel();
        var ofAnother = anOrderOn(elsewhere);
        report(pump, new PumpEvent.Started(1, running.value(), RATE));
        report(pump, new PumpEvent.OrderAccepted(2, waiting.value()));
        report(elsewhere.pump(), new PumpEvent.Started(1, ofAnother.value(), RATE));

        report(pump, new PumpEvent.Booted("2.0"));

        assertThat(orders.find(running).orElseThrow().state()).isEqualTo(new OrderState.Stopped());
        assertThat(orders.find(waiting).orElseThrow().state()).isEqualTo(new OrderState.Dropped("BOOTED"));
        assertThat(orders.find(onItsWay).orElseThrow().state()).isEqualTo(new OrderState.Approved());
        assertThat(orders.find(ofAnother).orElseThrow().state()).isEqualTo(new OrderState.Running());
    }

    @Test
    void an_epoch_is_known_from_its_first_record_on() {
        var pump = aChannel().pump();
        assertThat(records.knows(pump, EPOCH)).isFalse();

        records.keep(pump, Optional.empty(), following(pump, Optional.empty(), doors(1)));

        assertThat(records.knows(pump, EPOCH)).isTrue();
        assertThat(records.knows(aChannel().pump(), EPOCH)).isFalse();
    }

    @Test
    void a_new_epoch_continues_after_the_last() {
        var pump = aChannel().pump();
        records.keep(pump, Optional.empty(), following(pump, Optional.empty(), doors(2)));
        var epoch = String.format(Locale.ROOT, "%032x", 77);
        var record = new PumpRecord(
                pump,
                new RecordPosition(epoch, 1),
                RecordHead.NO_HASH,
                Digest.ofText(epoch + pump).hex(),
                NOON,
                5,
                new PumpEvent.Booted("2.0"),
                "a.b.c");
        var entry = WardFixture.recordOf(pump, record.position());

        assertThat(records.keep(pump, records.head(pump), List.of(new Logged(record, entry))))
                .isTrue();
        assertThat(records.head(pump).orElseThrow().position()).isEqualTo(new RecordPosition(epoch, 1));
    }

    private void report(PumpSerial pump, PumpEvent event) {
        var head = records.head(pump);
        assertThat(records.keep(pump, head, following(pump, head, List.of(event))))
                .isTrue();
    }

    private OrderId anOrderOn(ChannelId channel) {
        var approval = Bedside.admitted(admissions).approvalOn(channel);
        var key = SigningKey.generate(new SecureRandom());
        orders.keep(approval, WardFixture.entryOf(approval), head -> SignedOrderFixture.signed(approval.order(), key));
        return approval.order().id();
    }
}
