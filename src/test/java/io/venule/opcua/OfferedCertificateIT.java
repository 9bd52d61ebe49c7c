package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.order.OfferedCertificate;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpCertificates;
import io.venule.pump.PumpSerial;
import io.venule.simulator.BadOffer;
import io.venule.simulator.FleetCa;
import io.venule.simulator.FleetPlan;
import io.venule.simulator.Identity;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pump that presents another certificate than it was enrolled with gets no session, the reason says so, and only one that could be believed waits for a person. EXPECTATIONS row 35; threat T-22. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OfferedCertificateIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String BEFORE = "what was thought before";

    @TempDir
    private static Path folder;

    private PumpWard ward;
    /** The server has a session with it, as with the last one. */
    private EnrolledPump pump;
    /** Asked by the tests themselves, with nobody in between; what it presents is never undone. */
    private EnrolledPump asked;

    private Identity own;

    @BeforeAll
    void open() {
        ward = new PumpWard(folder, new FleetPlan(3, 0, 1, Optional.empty()));
        pump = ward.pumps().getFirst();
        asked = ward.pumps().get(1);
        own = issued(pump);
        await().atMost(PATIENCE).until(ward::areOpen);
        reachUnderOwn();
    }

    @AfterAll
    void close() {
        ward.close();
    }

    private void lay(String revocations) throws IOException {
        Files.writeString(folder.resolve("crl.pem"), revocations);
    }

    private void reachUnderOwn() {
        ward.fleet().present(pump.serial(), own);
        ward.enrol(0, with(own.certificatePem()));
        awaitNewSession();
        await().atMost(PATIENCE).until(() -> waiting().isEmpty());
        ward.offered.clear();
    }

    private void awaitNewSession() {
        var since = Instant.now();
        await().atMost(PATIENCE)
                .until(() -> state() instanceof SessionState.Open open
                        && open.since().isAfter(since));
    }

    private Identity issued(EnrolledPump to) {
        return ward.ca().issueApplication(to.serial().value(), uri(to.serial()));
    }

    private static String uri(PumpSerial serial) {
        return "urn:venule:simulator:" + serial;
    }

    private SessionState state() {
        ward.sessions().refresh();
        return ward.sessions().state(pump.serial()).orElseThrow();
    }

    private List<OfferedCertificate> waiting() {
        return ward.offers.waiting().getOrDefault(pump.serial(), List.of());
    }

    /** About the pump; the one that is asked by hand has a session, too. */
    private List<AuditEntry> entries() {
        return ward.offered.stream()
                .filter(entry -> entry.place().equals(pump.serial().value()))
                .toList();
    }

    private void awaitReason(String words) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(state())
                        .isInstanceOfSatisfying(
                                SessionState.Unreachable.class,
                                lost -> assertThat(lost.why()).contains(words)));
    }

    @Test
    void one_that_the_authority_made_for_the_pump_waits_with_one_entry_and_is_believed_once_enrolled() {
        var others = ward.sessions().state(ward.pumps().getLast().serial());
        var next = issued(pump);

        ward.fleet().present(pump.serial(), next);
        awaitReason(OtherCertificate.WAITS);
        var firstSince = ((SessionState.Unreachable) state()).since();
        await().atMost(PATIENCE).until(() -> state().since().isAfter(firstSince.plusSeconds(2)));

        assertThat(waiting()).singleElement().satisfies(one -> {
            assertThat(one.certificate()).isEqualTo(next.certificate());
            assertThat(one.fingerprint()).isEqualTo(OfferedCertificate.fingerprint(next.certificate()));
        });
        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo(AuditKind.PUMP_CERTIFICATE_OFFERED);
            assertThat(entry.place()).isEqualTo(pump.serial().value());
            assertThat(entry.said("sha256"))
                    .isEqualTo(
                            OfferedCertificate.fingerprint(next.certificate()).hex());
        });
        assertThat(ward.sessions().state(ward.pumps().getLast().serial()))
                .as("no other is disturbed")
                .isEqualTo(others);

        ward.enrol(0, with(PumpCertificates.withNext(own.certificatePem(), next.certificate())));
        awaitNewSession();
        await().atMost(PATIENCE).until(() -> waiting().isEmpty());
        reachUnderOwn();
    }

    @Test
    void one_of_another_authority_is_named_and_does_not_wait_and_the_pump_is_reached_again_under_its_own() {
        ward.fleet().present(pump.serial(), ofStranger(pump));

        awaitReason("which cannot be accepted: " + Fault.STRANGER.words);
        assertThat(waiting()).isEmpty();
        assertThat(entries()).isEmpty();
        reachUnderOwn();
    }

    @Test
    void the_other_of_two_that_it_is_enrolled_with_is_no_offer() {
        var next = issued(pump);
        ward.enrol(0, with(PumpCertificates.withNext(own.certificatePem(), next.certificate())));

        awaitNewSession();

        assertThat(waiting()).isEmpty();
        assertThat(entries()).isEmpty();
        reachUnderOwn();
    }

    /** What makes a certificate one that no person can accept. */
    enum Fault {
        STRANGER("no authority of this fleet made it"),
        OTHER_PUMP("it was made for something else"),
        OTHER_HOST("it does not name the pump's address"),
        RUN_OUT("it has run out, or is not valid yet"),
        REVOKED("a revoked certificate"),
        LIST_RUN_OUT("a revocation list that has run out");

        private final String words;

        Fault(String words) {
            this.words = words;
        }
    }

    private Identity ofStranger(EnrolledPump to) {
        return FleetCa.create("Test fleet CA", Instant.now(), new SecureRandom())
                .issueApplication(to.serial().value(), uri(to.serial()));
    }

    private Identity faulty(Fault fault) throws IOException {
        var name = asked.serial().value();
        return switch (fault) {
            case STRANGER -> ofStranger(asked);
            case OTHER_PUMP -> ward.ca().issueApplication(name, uri(pump.serial()));
            case OTHER_HOST -> ward.ca().issueElsewhere(name, uri(asked.serial()), "pump.elsewhere.example");
            case RUN_OUT ->
                ward.ca()
                        .issueApplication(
                                name, uri(asked.serial()), Instant.now().minusSeconds(60));
            case REVOKED -> {
                var revoked = issued(asked);
                ward.ca().revoke(revoked.certificate());
                lay(ward.ca().revocationListPem());
                yield revoked;
            }
            case LIST_RUN_OUT -> {
                lay(ward.ca().revocationListPem(Instant.now().minusSeconds(60)));
                yield issued(asked);
            }
        };
    }

    private OtherCertificate answer() throws InterruptedException {
        return answerAfter(new PumpUnreachable(BEFORE));
    }

    private OtherCertificate answerAfter(PumpUnreachable failed) throws InterruptedException {
        var settings = new TestSettings(folder);
        try (var transport = new SharedTransport(settings)) {
            var fleet =
                    new PumpConnection.Fleetwide(settings, HubIdentity.of(settings), transport, InstantSource.system());
            return OtherCertificate.insteadOf(
                    PumpCertificates.of(asked.certificate()).getFirst(), asked, fleet, failed);
        }
    }

    @Test
    void nobody_is_asked_after_silence_or_while_the_session_is_closed() throws Exception {
        ward.fleet().present(asked.serial(), issued(asked));

        for (var silence : List.of(new TimeoutException(), new ConnectException())) {
            var answer = answerAfter(new PumpUnreachable(BEFORE, silence));
            assertThat(answer.waiting()).isEmpty();
            assertThat(answer.reason().reason()).isEqualTo(BEFORE);
        }
        Thread.currentThread().interrupt();
        try {
            assertThat(answer().waiting()).isEmpty();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void the_very_certificate_changes_nothing_and_the_next_one_waits() throws Exception {
        ward.fleet().present(asked.serial(), issued(asked));
        assertThat(answer().waiting()).isPresent();
        assertThat(answer().reason().reason()).contains(OtherCertificate.WAITS);

        var untouched = ward.pumps().getLast();
        asked = untouched;
        try {
            assertThat(answer().waiting()).isEmpty();
            assertThat(answer().reason().reason()).isEqualTo(BEFORE);
        } finally {
            asked = ward.pumps().get(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void one_that_could_not_be_believed_anyway_is_named_and_does_not_wait(Fault fault) throws Exception {
        ward.fleet().present(asked.serial(), faulty(fault));

        try {
            var answer = answer();
            assertThat(answer.reason().reason())
                    .contains("which cannot be accepted: ")
                    .contains(fault.words);
            assertThat(answer.waiting()).isEmpty();
        } finally {
            lay(ward.ca().revocationListPem());
        }
    }

    @ParameterizedTest
    @EnumSource(BadOffer.class)
    void what_is_no_offer_does_not_wait(BadOffer bad) throws Exception {
        ward.fleet().present(asked.serial(), issued(asked));
        ward.fleet().answer(asked.serial(), bad);

        var answer = answer();

        assertThat(answer.waiting()).isEmpty();
        assertThat(answer.reason().reason()).isIn(BEFORE, "it presents something that is no certificate");
    }

    private EnrolledPump with(String certificate) {
        return new EnrolledPump(
                pump.serial(),
                pump.assetId(),
                pump.model(),
                pump.channels(),
                pump.endpoint(),
                certificate,
                pump.recordKey(),
                pump.simulated(),
                pump.ward());
    }
}
