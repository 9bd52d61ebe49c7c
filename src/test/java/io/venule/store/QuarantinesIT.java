package io.venule.store;

import static io.venule.store.WardFixture.NOON;
import static io.venule.store.WardFixture.aChannel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import io.venule.stack.BackboneResource;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which pumps are out of use, in PostgreSQL: once, with one entry, until one person lifts it. Threats T-29, T-38. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class QuarantinesIT {
    @Inject
    PostgresQuarantines quarantines;

    @Inject
    AuditLog log;

    @Inject
    Transactions transactions;

    private final PumpSerial pump = aChannel().pump();

    @AfterEach
    void tidy() {
        quarantines.lift(pump, this::lifted);
    }

    @ParameterizedTest
    @EnumSource(Quarantine.Cause.class)
    void one_stands_as_it_was_imposed_with_its_entry(Quarantine.Cause cause) {
        var out = new Quarantine(pump, cause, "why it is so", NOON);

        quarantines.impose(out, doubted("one"));

        assertThat(quarantines.standing()).containsEntry(pump, out);
        assertThat(entries()).containsExactly("one");
    }

    @Test
    void of_two_servers_that_impose_one_the_first_does_and_the_second_says_nothing() {
        quarantines.impose(because("first"), doubted("first"));

        quarantines.impose(because("second"), doubted("second"));

        assertThat(quarantines.standing().get(pump)).isEqualTo(because("first"));
        assertThat(entries()).containsExactly("first");
    }

    @Test
    void it_is_lifted_once_with_what_stood_and_can_be_imposed_again() {
        quarantines.impose(because("first"), doubted("first"));

        var once = quarantines.lift(pump, this::lifted);
        var twice = quarantines.lift(pump, this::lifted);
        var gone = quarantines.standing().containsKey(pump);
        quarantines.impose(because("again"), doubted("again"));

        assertThat(List.of(once, twice, gone)).containsExactly(true, false, false);
        assertThat(quarantines.standing().get(pump)).isEqualTo(because("again"));
        assertThat(entries()).containsExactly("first", "first", "again");
    }

    @Test
    void what_cannot_be_entered_in_the_log_is_neither_imposed_nor_lifted() {
        var noEntry = AuditEntry.bySystem(AuditKind.PUMP_DOUBTED, NOON).atPlace(pump.value());

        assertThatThrownBy(() -> quarantines.impose(because("first"), noEntry)).isInstanceOf(RuntimeException.class);
        assertThat(quarantines.standing()).doesNotContainKey(pump);
        quarantines.impose(because("first"), doubted("first"));
        assertThatThrownBy(() -> quarantines.lift(pump, was -> noEntry)).isInstanceOf(RuntimeException.class);
        assertThat(quarantines.standing()).containsKey(pump);
    }

    @Test
    void no_row_of_it_can_be_removed() {
        quarantines.impose(because("first"), doubted("first"));

        assertThatThrownBy(() -> transactions.inOne(() -> transactions.statements(connection -> {
                    try (var statement = connection.prepareStatement("DELETE FROM pump_quarantine")) {
                        return statement.executeUpdate();
                    }
                })))
                .isInstanceOf(RuntimeException.class);
        assertThat(quarantines.standing()).containsKey(pump);
    }

    private Quarantine because(String why) {
        return new Quarantine(pump, Quarantine.Cause.FORK, why, NOON);
    }

    private AuditEntry doubted(String why) {
        return AuditEntry.bySystem(AuditKind.PUMP_DOUBTED, NOON)
                .atPlace(pump.value())
                .with("what", "quarantined")
                .with("why", why);
    }

    private AuditEntry lifted(Quarantine was) {
        return AuditEntry.bySystem(AuditKind.QUARANTINE_LIFTED, NOON)
                .atPlace(pump.value())
                .with("name", "Bea")
                .with("address", "127.0.0.1")
                .with("reason", "EXAMINED")
                .with("why", was.why());
    }

    /** Why, in the order of the log, of all entries about the pump. */
    private List<String> entries() {
        return java.util.stream.LongStream.range(0, log.head().size())
                .mapToObj(log::entry)
                .flatMap(java.util.Optional::stream)
                .map(AuditLog.Logged::entry)
                .filter(entry -> entry.place().equals(pump.value()))
                .map(entry -> String.valueOf(entry.said("why")))
                .toList();
    }
}
