package io.venule.store;

import static io.venule.store.WardFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.order.CertificateOffers;
import io.venule.order.OfferedCertificate;
import io.venule.pump.EnrolledPump;
import io.venule.pump.PumpCertificates;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.simulator.FleetCa;
import io.venule.stack.BackboneResource;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificates that wait for a person, in PostgreSQL: each once with one entry, and accepted once. EXPECTATIONS row 35. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class OfferedCertificatesIT {
    private static final FleetCa CA = FleetCa.create("Test fleet CA", NOON, new SecureRandom());
    private static final X509Certificate ENROLLED = issued();
    private static final X509Certificate NEXT = issued();
    private static final X509Certificate THIRD = issued();
    private static final AtomicInteger PUMPS = new AtomicInteger();

    @Inject
    PostgresOfferedCertificates offers;

    @Inject
    PostgresFleet fleet;

    @Inject
    AuditLog log;

    private PumpSerial pump = new PumpSerial("OC-00000");

    private static X509Certificate issued() {
        return CA.issueApplication("OC", "urn:venule:simulator:OC").certificate();
    }

    @BeforeEach
    void enrolAnother() {
        pump = new PumpSerial("OC-%05d".formatted(PUMPS.incrementAndGet()));
        enrol(PumpCertificates.pem(ENROLLED));
    }

    private void enrol(String certificates) {
        var entry = AuditEntry.bySystem(AuditKind.PUMP_DOUBTED, NOON)
                .atPlace(pump.value())
                .with("what", "enrolled")
                .with("why", "test");
        fleet.enrol(
                new EnrolledPump(
                        pump, "A-1", PumpModel.SYRINGE, 1, "opc.tcp://127.0.0.1:1/pump", certificates, "key", true),
                entry);
    }

    private void present(X509Certificate certificate, Instant at) {
        new CertificateOffers(offers, InstantSource.fixed(at)).presented(pump, certificate);
    }

    private Optional<EnrolledPump> accept(X509Certificate certificate) {
        return offers.accept(pump, OfferedCertificate.fingerprint(certificate), this::accepted);
    }

    private AuditEntry accepted(OfferedCertificate offered) {
        return offered.in(AuditEntry.bySystem(AuditKind.PUMP_CERTIFICATE_ACCEPTED, NOON)
                .atPlace(pump.value())
                .with("name", "Bea")
                .with("address", "127.0.0.1"));
    }

    private List<OfferedCertificate> waiting() {
        return offers.waiting().getOrDefault(pump, List.of());
    }

    @Test
    void one_waits_byte_for_byte_since_it_was_first_seen_with_one_entry() {
        present(NEXT, NOON);
        present(NEXT, NOON.plusSeconds(15));

        assertThat(waiting()).containsExactly(new OfferedCertificate(pump, NEXT, NOON));
        assertThat(kinds()).containsExactly(AuditKind.PUMP_CERTIFICATE_OFFERED);
    }

    @Test
    void of_several_the_latest_seen_comes_first_and_each_has_its_entry() {
        present(NEXT, NOON);
        present(THIRD, NOON.plusSeconds(15));
        present(NEXT, NOON.plusSeconds(30));

        assertThat(waiting()).extracting(OfferedCertificate::certificate).containsExactly(THIRD, NEXT);
        assertThat(kinds()).hasSize(2);
    }

    @Test
    void what_is_enrolled_does_not_wait_and_neither_does_one_of_no_pump() {
        present(ENROLLED, NOON);
        new CertificateOffers(offers, InstantSource.fixed(NOON)).presented(new PumpSerial("OC-NOBODY"), NEXT);

        assertThat(waiting()).isEmpty();
        assertThat(offers.waiting()).doesNotContainKey(new PumpSerial("OC-NOBODY"));
        assertThat(kinds()).isEmpty();
    }

    @Test
    void the_accepted_one_is_enrolled_beside_the_newest_before_and_nothing_waits_any_more() {
        present(NEXT, NOON);
        present(THIRD, NOON);

        var pumpNow = accept(NEXT);

        assertThat(pumpNow).isPresent();
        assertThat(enrolledNow())
                .isEqualTo(pumpNow.get())
                .satisfies(now ->
                        assertThat(PumpCertificates.of(now.certificate())).containsExactlyInAnyOrder(NEXT, ENROLLED));
        assertThat(waiting()).isEmpty();
        assertThat(kinds()).endsWith(AuditKind.PUMP_CERTIFICATE_ACCEPTED).hasSize(3);
        present(NEXT, NOON.plusSeconds(60));
        assertThat(waiting()).as("enrolled by now").isEmpty();
    }

    @Test
    void what_does_not_wait_cannot_be_accepted_and_leaves_no_entry() {
        present(NEXT, NOON);

        assertThat(accept(THIRD)).isEmpty();
        assertThat(offers.accept(new PumpSerial("OC-NOBODY"), OfferedCertificate.fingerprint(NEXT), this::accepted))
                .isEmpty();
        offers.withdraw(pump);
        assertThat(accept(NEXT)).as("the pump was reached meanwhile").isEmpty();

        assertThat(PumpCertificates.of(enrolledNow().certificate())).containsExactly(ENROLLED);
        assertThat(kinds()).containsExactly(AuditKind.PUMP_CERTIFICATE_OFFERED);
    }

    @Test
    void what_cannot_be_entered_in_the_log_is_neither_kept_nor_accepted() {
        var noEntry =
                AuditEntry.bySystem(AuditKind.PUMP_CERTIFICATE_OFFERED, NOON).atPlace(pump.value());
        assertThatThrownBy(() -> offers.keep(new OfferedCertificate(pump, NEXT, NOON), noEntry))
                .isInstanceOf(RuntimeException.class);
        assertThat(waiting()).isEmpty();
        present(NEXT, NOON);

        assertThatThrownBy(() -> offers.accept(pump, OfferedCertificate.fingerprint(NEXT), offered -> noEntry))
                .isInstanceOf(RuntimeException.class);

        assertThat(waiting()).hasSize(1);
        assertThat(PumpCertificates.of(enrolledNow().certificate())).containsExactly(ENROLLED);
    }

    @Test
    void of_many_who_accept_and_present_it_at_once_one_accepts_and_nothing_waits_after() throws Exception {
        present(NEXT, NOON);

        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var accepting = IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(i -> () -> accept(NEXT).isPresent());
            var presenting = IntStream.range(0, 4).<Callable<Boolean>>mapToObj(i -> () -> {
                present(NEXT, NOON.plusSeconds(i));
                return false;
            });
            var accepted = 0;
            for (var done : people.invokeAll(
                    java.util.stream.Stream.concat(accepting, presenting).toList())) {
                accepted += done.get() ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
        }

        assertThat(waiting()).isEmpty();
        assertThat(kinds()).containsExactly(AuditKind.PUMP_CERTIFICATE_OFFERED, AuditKind.PUMP_CERTIFICATE_ACCEPTED);
    }

    private EnrolledPump enrolledNow() {
        return fleet.pumps().stream()
                .filter(one -> one.serial().equals(pump))
                .findFirst()
                .orElseThrow();
    }

    /** Of the entries about the pump's certificates, in the order of the log. */
    private List<AuditKind> kinds() {
        return java.util.stream.LongStream.range(0, log.head().size())
                .mapToObj(log::entry)
                .flatMap(Optional::stream)
                .map(AuditLog.Logged::entry)
                .filter(entry -> entry.place().equals(pump.value()) && entry.kind() != AuditKind.PUMP_DOUBTED)
                .map(AuditEntry::kind)
                .toList();
    }
}
