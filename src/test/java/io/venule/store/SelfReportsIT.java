package io.venule.store;

import static io.venule.store.WardFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.order.LibraryReach;
import io.venule.order.SelfReports.Kept;
import io.venule.pump.Challenge.PumpLibrary;
import io.venule.pump.EnrolledPump;
import io.venule.pump.Nameplate;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.pump.SelfReport;
import io.venule.signing.Digest;
import io.venule.stack.BackboneResource;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pumps say of themselves, in PostgreSQL: the last word of each, with what there is to be entered of it. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class SelfReportsIT {
    private static final String RIGHT = "0a".repeat(32);
    private static final String WRONG = "0b".repeat(32);
    private static final AtomicInteger NEXT = new AtomicInteger();

    @Inject
    PostgresSelfReports reports;

    @Inject
    PostgresLibraryReach reach;

    @Inject
    PostgresFleet fleet;

    @Inject
    AuditLog log;

    private PumpSerial pump = new PumpSerial("SR-00000");
    private final List<Optional<SelfReport>> before = new ArrayList<>();

    @BeforeEach
    void another() {
        pump = new PumpSerial("SR-%05d".formatted(NEXT.incrementAndGet()));
    }

    @Test
    void what_a_pump_says_stands_word_for_word_with_its_entry() {
        var strange = new SelfReport(
                new Nameplate("Größe µ 'quoted' \"<b>", "日本", pump.value(), "", "x".repeat(100)),
                new PumpLibrary(0, ""));

        assertThat(reports.of(pump)).isEmpty();
        keep(strange, 0);

        assertThat(reports.of(pump)).contains(new Kept(strange, NOON));
        assertThat(before).containsExactly(Optional.empty());
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void the_same_again_is_neither_written_nor_entered() {
        keep(says(pump.value(), 4, RIGHT), 0);
        keep(says(pump.value(), 4, RIGHT), 60);

        assertThat(reports.of(pump)).contains(new Kept(says(pump.value(), 4, RIGHT), NOON));
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void another_word_takes_the_place_of_the_last_and_the_entry_knows_that() {
        keep(says(pump.value(), 3, WRONG), 0);
        keep(says(pump.value(), 4, RIGHT), 60);

        assertThat(reports.of(pump)).contains(new Kept(says(pump.value(), 4, RIGHT), NOON.plusSeconds(60)));
        assertThat(before).containsExactly(Optional.empty(), Optional.of(says(pump.value(), 3, WRONG)));
        assertThat(entries()).isEqualTo(2);
    }

    @Test
    void what_there_is_nothing_to_enter_of_is_kept_all_the_same() {
        reports.keep(pump, says(pump.value(), 4, RIGHT), NOON, was -> List.of());

        assertThat(reports.of(pump)).isPresent();
        assertThat(entries()).isZero();
    }

    @Test
    void what_cannot_be_entered_is_not_kept() {
        assertThatThrownBy(() -> reports.keep(
                        pump,
                        says(pump.value(), 4, RIGHT),
                        NOON,
                        was -> List.of(AuditEntry.bySystem(AuditKind.PUMP_NAMEPLATE, NOON)
                                .atPlace(pump.value()))))
                .isInstanceOf(RuntimeException.class);

        assertThat(reports.of(pump)).isEmpty();
        assertThat(entries()).isZero();
    }

    @Test
    void amiss_is_another_library_and_another_serial_number() {
        keep(says(pump.value(), 4, RIGHT), 0);
        assertThat(reports.amiss(RIGHT)).doesNotContainKey(pump);

        keep(says(pump.value(), 3, WRONG), 1);
        assertThat(reports.amiss(RIGHT)).containsEntry(pump, says(pump.value(), 3, WRONG));

        keep(says("SR-99999", 4, RIGHT), 2);
        assertThat(reports.amiss(RIGHT)).containsEntry(pump, says("SR-99999", 4, RIGHT));
    }

    @Test
    void a_release_reaches_the_pumps_of_the_inventory_that_say_so() {
        var release = Digest.ofText(pump.value()).hex();
        var before = reach.of(release, 100);
        assertThat(before.holding()).isZero();
        keep(says(pump.value(), 9, release), 0);
        assertThat(reach.of(release, 100)).as("not in the inventory").isEqualTo(before);

        fleet.enrol(
                new EnrolledPump(
                        pump, "A-" + pump, PumpModel.SYRINGE, 1, "opc.tcp://localhost:4840", "PEM", "key", true),
                AuditEntry.bySystem(AuditKind.PUMP_NAMEPLATE, NOON)
                        .with("what", "enrolled")
                        .with("from", "")
                        .with("to", ""));
        var held = reach.of(release, 100);
        assertThat(held.holding()).isOne();
        assertThat(held.pumps()).isEqualTo(before.pumps() + 1);
        assertThat(held.behind()).isEqualTo(before.behind());

        var other = reach.of(WRONG, 100);
        assertThat(other.behind())
                .contains(new LibraryReach.Behind(
                        pump, "A-" + pump, Optional.of(new LibraryReach.Held(new PumpLibrary(9, release), NOON))));
        assertThat(reach.of(WRONG, 1).behind()).hasSize(1);
    }

    private void keep(SelfReport said, int seconds) {
        reports.keep(pump, said, NOON.plusSeconds(seconds), was -> {
            before.add(was);
            return List.of(AuditEntry.bySystem(AuditKind.PUMP_NAMEPLATE, NOON)
                    .atPlace(pump.value())
                    .with("what", "software revision")
                    .with("from", "")
                    .with("to", "1"));
        });
    }

    private static SelfReport says(String serial, long library, String sha256) {
        return new SelfReport(new Nameplate("Maker", "M", serial, "1", "A"), new PumpLibrary(library, sha256));
    }

    private int entries() {
        return log.latestAt(pump.value(), 0, Long.MAX_VALUE, 100).size();
    }
}
