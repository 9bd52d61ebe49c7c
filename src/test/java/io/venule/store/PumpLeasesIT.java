package io.venule.store;

import static io.venule.store.WardFixture.aChannel;
import static io.venule.store.WardFixture.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.order.LeaseLost;
import io.venule.order.PumpLease;
import io.venule.order.PumpLeases.Round;
import io.venule.order.PumpLeases.Wishes;
import io.venule.order.PumpRecords.Logged;
import io.venule.order.RecordUnavailable;
import io.venule.order.ReplicaLife;
import io.venule.pump.PumpEvent;
import io.venule.pump.PumpRecord;
import io.venule.pump.PumpSerial;
import io.venule.pump.RecordHead;
import io.venule.pump.RecordPosition;
import io.venule.signing.Digest;
import io.venule.stack.BackboneResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leases of pumps in PostgreSQL: one holder at a time, by the database's clock; records only from the holder. Threats T-45, T-70. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class PumpLeasesIT {
    private static final String EPOCH = "0123456789abcdef0123456789abcdef";
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofSeconds(2);

    @Inject
    PostgresPumpLeases leases;

    @Inject
    PostgresPumpRecords records;

    @Inject
    Transactions transactions;

    private final ReplicaLife first = new ReplicaLife("first-" + next(), 1);
    private final ReplicaLife second = new ReplicaLife("second-" + next(), 1);
    private final PumpSerial pump = aChannel().pump();

    /** The application under test takes its part as well, and may have the pump before and after. */
    @BeforeEach
    void onePump() {
        sql("INSERT INTO pump_lease (pump, fencing) VALUES ('" + pump + "', 1)");
    }

    @AfterEach
    void end() {
        leases.end(first);
        leases.end(second);
    }

    private int sql(String text) {
        return transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(text);
            }
        }));
    }

    private Round round(ReplicaLife life, Duration time) {
        return leases.round(life, new Wishes(time, Set.of(), true));
    }

    private Optional<PumpLease> lease(Round round) {
        return switch (round) {
            case Round.GoesOn(var all, var tooMany, var others) ->
                all.stream().filter(lease -> lease.pump().equals(pump)).findFirst();
            case Round.Over() -> Optional.empty();
        };
    }

    /** Gives the pump to a life, as taking does. */
    private PumpLease give(ReplicaLife life, Duration time) {
        leases.begin(life, time);
        sql("UPDATE pump_lease SET holder = '" + life + "', fencing = fencing + 1 WHERE pump = '" + pump + "'");
        return lease(leases.round(life, new Wishes(time, Set.of(), false))).orElseThrow();
    }

    private Logged record() {
        var position = new RecordPosition(EPOCH, 1);
        var hash = Digest.ofText(pump.value()).hex();
        var event = new PumpEvent.DoorChanged(1, true);
        var made = new PumpRecord(
                pump, position, RecordHead.before(EPOCH).hash(), hash, WardFixture.NOON, 1, event, "a.b.c");
        return new Logged(made, WardFixture.recordOf(pump, position));
    }

    @Test
    void a_life_that_ran_out_is_over_for_good_and_its_pump_goes_to_another_with_a_higher_number() {
        var before = give(first, SHORT);
        leases.begin(second, LONG);

        var taken = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> lease(round(second, LONG)),
                        lease ->
                                lease.filter(now -> !now.holder().equals(first)).isPresent())
                .orElseThrow();

        assertThat(taken.number()).isGreaterThan(before.number()).isGreaterThan(1_700_000_000_000L);
        assertThat(round(first, LONG)).isEqualTo(new Round.Over());
        assertThatThrownBy(() -> keep(before)).isInstanceOf(LeaseLost.class);
        assertThat(records.under(before).head(pump)).isEmpty();
    }

    private boolean keep(PumpLease lease) {
        return records.under(lease).keep(pump, Optional.empty(), List.of(record()));
    }

    @Test
    void a_record_is_kept_under_the_lease_and_not_under_one_that_is_older_or_another_servers() {
        var lease = give(first, LONG);

        assertThatThrownBy(() -> keep(new PumpLease(pump, first, lease.number() - 1)))
                .isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> keep(new PumpLease(pump, second, lease.number())))
                .isInstanceOf(LeaseLost.class);
        assertThat(keep(lease)).isTrue();
    }

    @Test
    void while_a_holder_writes_its_pump_is_not_taken_and_nobody_waits() {
        var lease = give(first, LONG);
        leases.begin(second, LONG);

        var during = transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeQuery("SELECT 1 FROM pump_lease WHERE pump = '" + pump + "' FOR KEY SHARE");
            }
            leases.end(first);
            var from = System.nanoTime();
            var found = lease(round(second, LONG));
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(3));
            return found;
        }));

        assertThat(during).isEmpty();
        assertThat(lease.holder()).isEqualTo(first);
    }

    @Test
    void the_number_of_a_pump_never_falls_whoever_writes_it() {
        give(first, LONG);

        assertThatThrownBy(() -> sql("UPDATE pump_lease SET fencing = 1 WHERE pump = '" + pump + "'"))
                .isInstanceOf(RecordUnavailable.class);
        assertThatThrownBy(() -> sql("UPDATE pump_lease SET holder = 'x/1' WHERE pump = '" + pump + "'"))
                .isInstanceOf(RecordUnavailable.class);
        assertThatThrownBy(() -> sql("DELETE FROM pump_lease WHERE pump = '" + pump + "'"))
                .isInstanceOf(RecordUnavailable.class);
    }

    @Test
    void what_is_given_back_has_no_holder_until_it_is_taken() {
        give(first, LONG);

        var after = leases.round(first, new Wishes(LONG, Set.of(pump), false));

        assertThat(lease(after)).isEmpty();
    }
}
