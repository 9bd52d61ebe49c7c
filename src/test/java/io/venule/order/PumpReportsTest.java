package io.venule.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.order.PumpReports.Taken;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpRecord;
import io.venule.pump.PumpSerial;
import io.venule.pump.RecordHead;
import io.venule.pump.RecordPosition;
import io.venule.signing.Digest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each record once, in order, without gap, whatever the network does. Invariant 5; T-36, T-38. */
class PumpReportsTest {
    private static final PumpSerial PUMP = new PumpSerial("VP-0001");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String FIRST_START = "a".repeat(32);
    private static final String SECOND_START = "b".repeat(32);

    private final RecordsInMemory records = new RecordsInMemory();
    private final PumpReports reports = new PumpReports(records, InstantSource.fixed(NOON));

    @Test
    void records_in_order_are_all_kept() {
        var all = start(FIRST_START, 3);

        var taken = reports.accept(PUMP, all);

        assertThat(taken).isEqualTo(new Taken.UpTo(headOf(all.getLast())));
        assertThat(records.kept()).isEqualTo(all);
    }

    @Test
    void what_is_kept_already_is_passed_over() {
        var all = start(FIRST_START, 4);
        reports.accept(PUMP, all.subList(0, 3));

        var taken = reports.accept(PUMP, all);

        assertThat(taken).isEqualTo(new Taken.UpTo(headOf(all.getLast())));
        assertThat(records.kept()).isEqualTo(all);
    }

    @Test
    void a_gap_keeps_what_comes_before_it_and_says_where_it_is() {
        var all = start(FIRST_START, 5);

        var taken = reports.accept(PUMP, List.of(all.get(0), all.get(1), all.get(3), all.get(4)));

        assertThat(taken).isEqualTo(new Taken.Gap(Optional.of(headOf(all.get(1)))));
        assertThat(records.kept()).isEqualTo(all.subList(0, 2));
    }

    @Test
    void a_first_record_that_is_not_number_one_is_a_gap() {
        var all = start(FIRST_START, 2);

        assertThat(reports.accept(PUMP, all.subList(1, 2))).isEqualTo(new Taken.Gap(Optional.empty()));
        assertThat(records.kept()).isEmpty();
    }

    @Test
    void a_record_that_does_not_hold_the_hash_before_it_is_a_fork() {
        var all = start(FIRST_START, 2);
        var other = following(new RecordHead(all.getLast().position(), "f".repeat(64)), FIRST_START);
        reports.accept(PUMP, all);

        var taken = reports.accept(PUMP, List.of(other));

        assertThat(taken).isEqualTo(new Taken.Forked(headOf(all.getLast()), other));
        assertThat(records.kept()).isEqualTo(all);
    }

    @Test
    void another_start_of_the_pump_begins_at_one_and_follows() {
        var before = start(FIRST_START, 2);
        var after = start(SECOND_START, 2);
        reports.accept(PUMP, before);

        assertThat(reports.accept(PUMP, after)).isEqualTo(new Taken.UpTo(headOf(after.getLast())));
        assertThat(reports.head(PUMP)).contains(headOf(after.getLast()));
    }

    /** One process had read them and froze; another kept them, and those of the next start, meanwhile. */
    @Test
    void records_of_a_start_that_was_left_meanwhile_are_passed_over() {
        var before = start(FIRST_START, 3);
        var after = start(SECOND_START, 2);
        reports.accept(PUMP, before);
        reports.accept(PUMP, after);

        assertThat(reports.accept(PUMP, before)).isEqualTo(new Taken.UpTo(headOf(after.getLast())));
        assertThat(records.kept()).hasSize(5);
    }

    @Test
    void another_start_whose_beginning_is_missing_is_a_gap() {
        var before = start(FIRST_START, 2);
        reports.accept(PUMP, before);

        var taken = reports.accept(PUMP, start(SECOND_START, 3).subList(1, 3));

        assertThat(taken).isEqualTo(new Taken.Gap(Optional.of(headOf(before.getLast()))));
    }

    @Test
    void a_faster_reporter_makes_this_one_start_again_and_nothing_is_doubled() {
        var all = start(FIRST_START, 2);
        records.beforeKeeping(() -> new PumpReports(records, InstantSource.fixed(NOON)).accept(PUMP, all));

        var taken = reports.accept(PUMP, all);

        assertThat(taken).isEqualTo(new Taken.Gap(Optional.of(headOf(all.getLast()))));
        assertThat(records.kept()).isEqualTo(all);
    }

    @Test
    void five_hundred_at_once_are_taken_and_one_more_is_a_mistake_of_the_caller() {
        var all = start(FIRST_START, PumpReports.MAX_BATCH + 1);

        assertThat(reports.accept(PUMP, all.subList(0, PumpReports.MAX_BATCH))).isInstanceOf(Taken.UpTo.class);
        assertThatThrownBy(() -> reports.accept(PUMP, all)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatever_arrives_in_whatever_order_the_record_is_a_prefix_without_gap_or_double() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var fresh = new RecordsInMemory();
            var taking = new PumpReports(fresh, InstantSource.fixed(NOON));
            var all = start(FIRST_START, 20);

            for (int round = 0; round < 30; round++) {
                var some = new ArrayList<PumpRecord>();
                for (var record : all) {
                    if (random.nextInt(3) > 0) {
                        some.add(record);
                    }
                }
                if (random.nextInt(4) == 0) {
                    Collections.shuffle(some, random);
                }
                taking.accept(PUMP, some);
            }
            assertThat(all).as("seed %d", seed).startsWith(fresh.kept().toArray(PumpRecord[]::new));
            assertThat(taking.accept(PUMP, all)).as("seed %d", seed).isEqualTo(new Taken.UpTo(headOf(all.getLast())));
            assertThat(fresh.kept()).as("seed %d", seed).isEqualTo(all);
        }
    }

    // A pump's log --------------------------------------------------------------------------------

    private static List<PumpRecord> start(String epoch, int count) {
        var all = new ArrayList<PumpRecord>();
        var head = RecordHead.before(epoch);
        for (int i = 0; i < count; i++) {
            var next = following(head, epoch);
            all.add(next);
            head = headOf(next);
        }
        return List.copyOf(all);
    }

    private static PumpRecord following(RecordHead head, String epoch) {
        var position = new RecordPosition(epoch, head.position().sequence() + 1);
        var hash = Digest.ofText(position + head.hash()).hex();
        var event = new PumpEvent.DoorChanged(1, position.sequence() % 2 == 0);
        return new PumpRecord(PUMP, position, head.hash(), hash, NOON, position.sequence(), event, "a.b.c");
    }

    private static RecordHead headOf(PumpRecord record) {
        return new RecordHead(record.position(), record.hash());
    }
}
