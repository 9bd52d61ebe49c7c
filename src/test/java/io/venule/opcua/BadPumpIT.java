package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.DetailSchema;
import io.venule.order.PumpLink.Readiness;
import io.venule.pump.ChannelId;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpSerial;
import io.venule.pump.Quarantine;
import io.venule.signing.SigningKey;
import io.venule.simulator.BadAnswer;
import io.venule.simulator.FleetPlan;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pump whose word cannot be believed harms only itself, and stays out of use until a person lifts that. Threats T-29, T-38. */
class BadPumpIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PumpSerial BAD = new PumpSerial("LV-00001");
    private static final List<PumpSerial> GOOD = List.of(new PumpSerial("LV-00002"), new PumpSerial("SY-00003"));

    @TempDir
    private Path folder;

    @Test
    void a_pump_that_signs_with_another_key_is_quarantined_with_the_reason_and_the_others_go_on() {
        try (var ward = ward(BadPumpIT::withAnotherKey)) {
            await().atMost(PATIENCE).until(() -> isOut(ward));

            assertThat(ward.sessions().state(BAD).orElseThrow())
                    .isInstanceOfSatisfying(
                            SessionState.Quarantined.class,
                            quarantined ->
                                    assertThat(quarantined.why()).startsWith("a record that cannot be believed"));
            assertThat(answer(ward)).startsWith("the pump is quarantined: a record that cannot be believed");
            await().atMost(PATIENCE).until(() -> !ward.doubts.isEmpty());
            assertThat(ward.doubts).singleElement().satisfies(entry -> {
                assertThat(entry.place()).isEqualTo(BAD.value());
                assertThat(entry.said("what")).isEqualTo("quarantined");
                assertThat(DetailSchema.fault(entry)).isEmpty();
            });
            theOthersAreReady(ward);
            assertThat(ward.records()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"record key", "certificate"})
    void a_pump_of_which_the_inventory_holds_nothing_usable_keeps_no_other_from_its_session(String what) {
        try (var ward = ward(pump -> what.equals("certificate") ? withoutCertificate(pump) : withoutKey(pump))) {
            theOthersAreReady(ward);

            ward.sessions().refresh();

            assertThat(ward.quarantines.standing().get(BAD))
                    .satisfies(out -> assertThat(out.cause()).isEqualTo(Quarantine.Cause.INVENTORY));
            assertThat(answer(ward))
                    .startsWith("the pump is quarantined: what the inventory says of it cannot be used");
            assertThat(ward.doubts)
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.kind()).isEqualTo(AuditKind.PUMP_DOUBTED));
        }
    }

    @Test
    void a_server_that_takes_the_pump_over_finds_it_out_of_use_and_asks_it_nothing_until_a_person_lifts_that() {
        try (var ward = ward(BadPumpIT::withAnotherKey)) {
            await().atMost(PATIENCE).until(() -> ward.quarantines.standing().containsKey(BAD));
            ward.serverDown();
            await().atMost(PATIENCE).until(() -> ward.fleet().clients(BAD).isEmpty());

            ward.serverUp();
            theOthersAreReady(ward);

            assertThat(isOut(ward)).isTrue();
            assertThat(answer(ward)).startsWith("the pump is quarantined: a record that cannot be believed");
            assertThat(ward.fleet().clients(BAD)).isEmpty();
            assertThat(ward.doubts).filteredOn(BadPumpIT::isQuarantine).hasSize(1);

            ward.enrol(0, asItIs(ward));
            ward.sessions().refresh();
            assertThat(isOut(ward)).as("enrolled anew, and not lifted").isTrue();
            assertThat(ward.quarantines.lift(BAD, BadPumpIT::lifted)).isTrue();
            ward.sessions().refresh();
            await().atMost(PATIENCE)
                    .until(() -> ward.link().challenge(new ChannelId(BAD, 1)) instanceof Readiness.Ready);
        }
    }

    @Test
    void what_is_lifted_and_was_not_mended_is_out_of_use_again() {
        try (var ward = ward(BadPumpIT::withAnotherKey)) {
            await().atMost(PATIENCE).until(() -> ward.quarantines.standing().containsKey(BAD));

            ward.quarantines.lift(BAD, BadPumpIT::lifted);
            ward.sessions().refresh();

            await().atMost(PATIENCE)
                    .until(() ->
                            ward.doubts.stream().filter(BadPumpIT::isQuarantine).count() == 2);
            assertThat(isOut(ward)).isTrue();
        }
    }

    @Test
    void a_quarantine_that_cannot_be_recorded_holds_here_and_is_recorded_when_the_record_answers() {
        try (var ward = ward(pump -> pump)) {
            await().atMost(PATIENCE).until(ward::areOpen);
            ward.quarantines.silent(true);
            ward.sessions().session(BAD).orElseThrow().quarantine(Quarantine.Cause.ANSWER, "an answer of its own");
            ward.sessions().refresh();

            assertThat(answer(ward)).isEqualTo("the pump is quarantined: an answer of its own");
            assertThat(ward.quarantines.standing()).isEmpty();
            assertThat(isOut(ward)).isTrue();
            ward.quarantines.silent(false);

            await().atMost(PATIENCE).until(() -> ward.quarantines.standing().containsKey(BAD));
            assertThat(ward.doubts).filteredOn(BadPumpIT::isQuarantine).hasSize(1);
        }
    }

    /** Once or twice is tried again, as {@link BadAnswersIT} shows. */
    @Test
    void a_pump_whose_answers_cannot_be_read_again_and_again_is_out_of_use_until_a_person_lifts_that() {
        try (var ward = ward(pump -> pump)) {
            await().atMost(PATIENCE).until(ward::areOpen);

            // Each time it is full of sessions that were never ended, somebody switches it off and on.
            await().atMost(PATIENCE.multipliedBy(2))
                    .pollInterval(Duration.ofSeconds(3))
                    .until(() -> {
                        ward.fleet().switchOff(BAD);
                        ward.fleet().switchOn(BAD);
                        ward.fleet().answer(BAD, BadAnswer.THREE_VALUES);
                        return ward.quarantines.standing().containsKey(BAD);
                    });
            assertThat(ward.quarantines.standing().get(BAD)).satisfies(out -> {
                assertThat(out.cause()).isEqualTo(Quarantine.Cause.UNREADABLE);
                assertThat(out.why())
                        .startsWith("what it says cannot be read, in " + UnreadableSessions.MOST
                                + " sessions one after the other: ");
            });
            theOthersAreReady(ward);
            ward.sessions().refresh();
            await().atMost(PATIENCE).until(() -> ward.fleet().clients(BAD).isEmpty());

            ward.fleet().switchOff(BAD);
            ward.fleet().switchOn(BAD);
            ward.sessions().refresh();
            assertThat(isOut(ward)).as("mended, and not lifted").isTrue();
            assertThat(ward.quarantines.lift(BAD, BadPumpIT::lifted)).isTrue();
            ward.sessions().refresh();
            await().atMost(PATIENCE)
                    .until(() -> ward.link().challenge(new ChannelId(BAD, 1)) instanceof Readiness.Ready);
        }
    }

    private PumpWard ward(UnaryOperator<EnrolledPump> bad) {
        return new PumpWard(
                folder,
                new FleetPlan(3, 0, 1, Optional.empty()),
                pump -> pump.serial().equals(BAD) ? bad.apply(pump) : pump);
    }

    private static EnrolledPump withAnotherKey(EnrolledPump pump) {
        var strange = SigningKey.generate(new SecureRandom()).verifyingKey().base64url();
        return PumpWard.as(pump, pump.endpoint(), strange);
    }

    private static EnrolledPump withoutKey(EnrolledPump pump) {
        return PumpWard.as(pump, pump.endpoint(), "none");
    }

    private static EnrolledPump withoutCertificate(EnrolledPump pump) {
        return new EnrolledPump(
                pump.serial(),
                pump.assetId(),
                pump.model(),
                pump.channels(),
                pump.endpoint(),
                "none",
                pump.recordKey(),
                pump.simulated(),
                pump.ward());
    }

    private static EnrolledPump asItIs(PumpWard ward) {
        return ward.fleet().pump(BAD).enrolment();
    }

    private static void theOthersAreReady(PumpWard ward) {
        for (var serial : GOOD) {
            var good = new ChannelId(serial, 1);
            await().atMost(PATIENCE).until(() -> ward.link().challenge(good) instanceof Readiness.Ready);
        }
    }

    private static boolean isOut(PumpWard ward) {
        return ward.sessions()
                .state(BAD)
                .filter(SessionState.Quarantined.class::isInstance)
                .isPresent();
    }

    /** Why the pump cannot be asked. */
    private static String answer(PumpWard ward) {
        return switch (ward.link().challenge(new ChannelId(BAD, 1))) {
            case Readiness.Ready ready -> "ready";
            case Readiness.NotReachable(var reason) -> reason;
        };
    }

    private static boolean isQuarantine(AuditEntry entry) {
        return entry.kind() == AuditKind.PUMP_DOUBTED && "quarantined".equals(entry.said("what"));
    }

    private static AuditEntry lifted(Quarantine was) {
        return AuditEntry.bySystem(AuditKind.QUARANTINE_LIFTED, Instant.now())
                .atPlace(was.pump().value())
                .with("reason", "EXAMINED")
                .with("why", was.why());
    }
}
