package io.venule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.AuditLog.Logged;
import io.venule.signing.Digest;
import io.venule.staff.SubjectId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which entries tell one infusion's story, and which another's. Issue "audit log", item 7. */
class InfusionStoryTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String INFUSION = "1".repeat(32);
    private static final String OTHER = "2".repeat(32);
    private static final String CHANGE = "c".repeat(32);
    private static final String CHANNEL = "VP-1/1";
    private static final Digest SHOWN = Digest.ofText("what was shown");

    private final RamLog log = RamLog.empty("venule.example/log");

    private AuditEntry person(AuditKind kind, Digest displayed) {
        return AuditEntry.of(kind, NOON, new SubjectId("9f6b"))
                .atPlace(CHANNEL)
                .with("nurse", "Ada")
                .with("displayed", displayed);
    }

    private static AuditEntry pump(String event) {
        return AuditEntry.bySystem(AuditKind.PUMP_RECORD, NOON).atPlace(CHANNEL).with("event", event);
    }

    private static AuditEntry state(String to) {
        return AuditEntry.bySystem(AuditKind.ORDER_STATE, NOON)
                .atPlace(CHANNEL)
                .about(INFUSION)
                .with("from", "running")
                .with("to", to);
    }

    private long approve(String order) {
        return log.append(person(AuditKind.ORDER_APPROVED, SHOWN).about(order));
    }

    private long[] story(String order) {
        return InfusionStory.of(log, order).stream().mapToLong(Logged::index).toArray();
    }

    @Test
    void the_scans_that_showed_what_was_approved_are_its_beginning() {
        var scans = log.append(person(AuditKind.PAIRING, SHOWN));
        log.append(person(AuditKind.PAIRING, Digest.ofText("another dose")));
        log.append(person(AuditKind.PAIRING, SHOWN).atPlace("VP-1/2"));
        log.append(person(AuditKind.ORDER_REFUSED, SHOWN));
        var first = log.append(person(AuditKind.FIRST_CHECK, SHOWN));
        var approval = approve(INFUSION);
        log.append(person(AuditKind.PAIRING, SHOWN));

        assertThat(story(INFUSION)).containsExactly(scans, first, approval);
    }

    @Test
    void what_led_to_another_infusion_on_the_channel_is_not_of_this_one() {
        log.append(person(AuditKind.PAIRING, SHOWN));
        var other = approve(OTHER);
        var scans = log.append(person(AuditKind.PAIRING, SHOWN));
        var approval = approve(INFUSION);

        assertThat(story(INFUSION)).containsExactly(scans, approval);
        assertThat(story(OTHER)).containsExactly(other - 1, other);
    }

    @Test
    void who_accepted_a_change_at_the_pump_is_of_the_infusion_that_was_changed() {
        var approval = approve(INFUSION);
        var change = log.append(person(AuditKind.ORDER_APPROVED, Digest.ofText("the change"))
                .about(INFUSION)
                .with("op", "titrate")
                .with("change", CHANGE));
        var accepted = log.append(pump("OrderAccepted").about(CHANGE));
        var confirmed = log.append(pump("Confirmed").about(CHANGE));
        log.append(pump("Confirmed").about(OTHER));
        var rate = log.append(pump("RateChanged").about(INFUSION));

        assertThat(story(INFUSION)).containsExactly(approval, change, accepted, confirmed, rate);
        assertThat(story(CHANGE)).as("asked for by the change").isEqualTo(story(INFUSION));
    }

    @Test
    void alarms_of_the_channel_are_told_while_it_lasts() {
        log.append(pump("AlarmEnded"));
        var approval = approve(INFUSION);
        var alarm = log.append(pump("AlarmStarted"));
        log.append(pump("AlarmStarted").atPlace("VP-1/2"));
        log.append(person(AuditKind.PATIENT_READ, SHOWN));
        var ended = log.append(pump("AlarmEnded"));
        assertThat(story(INFUSION)).as("while it runs").containsExactly(approval, alarm, ended);

        var stopped = log.append(state("stopped"));
        log.append(pump("DoorChanged"));

        assertThat(story(INFUSION)).as("after it").containsExactly(approval, alarm, ended, stopped);
    }

    @Test
    void what_happens_to_the_whole_pump_is_told_while_it_lasts() {
        log.append(pump("PowerChanged").atPlace("VP-1"));
        var approval = approve(INFUSION);
        var battery = log.append(pump("PowerChanged").atPlace("VP-1"));
        log.append(pump("Booted").atPlace("VP-2"));
        log.append(AuditEntry.bySystem(AuditKind.PUMP_ENROLLED, NOON).atPlace("VP-1"));
        var doubted = log.append(AuditEntry.bySystem(AuditKind.PUMP_DOUBTED, NOON)
                .atPlace("VP-1")
                .with("why", "its clock"));
        var clock = log.append(pump("ClockSet").atPlace("VP-1"));
        var other = approve(OTHER);
        var boot = log.append(pump("Booted").atPlace("VP-1"));

        assertThat(story(INFUSION)).containsExactly(approval, battery, doubted, clock);
        assertThat(story(OTHER)).containsExactly(other, boot);
    }

    @Test
    void of_one_whose_end_nobody_knows_nothing_is_told_after_the_next_began() {
        var approval = approve(INFUSION);
        approve(OTHER);
        log.append(pump("AlarmStarted"));

        assertThat(story(INFUSION)).containsExactly(approval);
    }

    @Test
    void a_change_that_was_stopped_does_not_end_the_infusion() {
        var approval = approve(INFUSION);
        var change = log.append(state("stopped").with("change", CHANGE));
        var alarm = log.append(pump("AlarmStarted"));

        assertThat(story(INFUSION)).containsExactly(approval, change, alarm);
    }

    @Test
    void of_an_order_that_the_log_does_not_know_nothing_is_told() {
        approve(INFUSION);

        assertThat(InfusionStory.of(log, OTHER)).isEmpty();
    }
}
