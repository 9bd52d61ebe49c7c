package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fleet finds again in its folder after everything was ended: certificates and addresses stay what the server enrolled. */
class SimulatorFleetKeptTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    @Test
    void a_kept_authority_is_the_same_one_and_still_issues() throws Exception {
        var first = FleetCa.keptIn(folder, "Kept", NOW, RANDOM);

        var second = FleetCa.keptIn(folder, "Kept", NOW.plus(Duration.ofDays(2)), RANDOM);

        assertThat(second.certificatePem()).isEqualTo(first.certificatePem());
        second.issueUser("venule").certificate().verify(first.certificate().getPublicKey());
    }

    @Test
    void what_a_kept_authority_issues_never_outlives_it() {
        FleetCa.keptIn(folder, "Kept", NOW, RANDOM);

        var later = FleetCa.keptIn(folder, "Kept", NOW.plus(Duration.ofDays(100)), RANDOM);

        assertThat(later.issueUser("venule").certificate().getNotAfter())
                .isEqualTo(later.certificate().getNotAfter());
    }

    @Test
    void an_authority_is_kept_until_thirty_days_before_its_end() {
        var first = FleetCa.keptIn(folder, "Kept", NOW, RANDOM);
        var end = first.certificate().getNotAfter().toInstant();
        var limit = end.minus(Duration.ofDays(30));

        var justBefore = FleetCa.keptIn(folder, "Kept", limit.minusSeconds(1), RANDOM);
        var atTheLimit = FleetCa.keptIn(folder, "Kept", limit, RANDOM);

        assertThat(justBefore.certificatePem()).isEqualTo(first.certificatePem());
        assertThat(atTheLimit.certificatePem()).isNotEqualTo(first.certificatePem());
    }

    @Test
    void a_certificate_of_another_authority_is_not_vouched_for() {
        var own = FleetCa.create("Own", NOW, RANDOM);
        var other = FleetCa.create("Own", NOW, RANDOM);

        var identity = own.issueApplication("LV-00001", "urn:pump");
        var read = Identity.of(identity.lines(), List.of(own.certificate()));

        assertThat(read.certificate()).isEqualTo(identity.certificate());
        assertThat(own.vouchesFor(read, NOW)).isTrue();
        assertThat(other.vouchesFor(read, NOW)).isFalse();
    }

    @Test
    void the_demo_has_twelve_pumps_however_a_rack_counts() {
        var plan = FleetPlan.ofPumps(12);

        assertThat(plan.singles() + plan.racks()).isEqualTo(12);
        assertThat(plan.singles()).isGreaterThanOrEqualTo(8);
        assertThat(plan.racks()).isEqualTo(1);
        assertThat(FleetPlan.ofPumps(3).racks()).isZero();
        assertThat(FleetPlan.ofPumps(4).channels()).isEqualTo(7);
    }
}
