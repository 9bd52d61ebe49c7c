package io.venule.web.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog.Logged;
import io.venule.signing.Digest;
import io.venule.simulator.FleetCa;
import io.venule.staff.SubjectId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What leaves the hospital with a pump that goes to a workshop: everything about the pump, and nobody. DESIGN, invariant 10. */
class ServiceCaseTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static String written(AuditEntry entry) throws Exception {
        return new ObjectMapper().writeValueAsString(ServiceCase.Entry.of(new Logged(7, entry)));
    }

    @Test
    void an_entry_leaves_without_its_people() throws Exception {
        var approved = AuditEntry.of(AuditKind.ORDER_APPROVED, NOON, new SubjectId("subject-nora"))
                .atPlace("LV-00001/1")
                .about("0".repeat(32))
                .with("nurse", "Nora Demo")
                .with("patient", Digest.ofText("somebody"))
                .with("prescription", "RX-1001")
                .with("drug", "morphine")
                .with("why", "Anna needs it")
                .with("rate", "5 mL/h");

        assertThat(written(approved))
                .contains(
                        "morphine",
                        "5 mL/h",
                        "LV-00001/1",
                        "0".repeat(32),
                        approved.leafHash().hex())
                .doesNotContain(
                        "Nora", "subject-nora", Digest.ofText("somebody").hex(), "RX-1001", "Anna", "patient");
    }

    @Test
    void a_detail_that_nobody_has_thought_of_stays_in_the_hospital() throws Exception {
        assertThat(written(AuditEntry.bySystem(AuditKind.PUMP_DOUBTED, NOON)
                        .with("what", "quarantined")
                        .with("why", "a record that cannot be believed")
                        .with("later", "anything")))
                .contains("quarantined", "a record that cannot be believed")
                .doesNotContain("later", "anything");
    }

    @Test
    void each_certificate_stands_by_itself_and_can_be_read_again() throws Exception {
        var ca = FleetCa.create("Test fleet", NOON.minus(Duration.ofDays(10)), new SecureRandom());
        var old = ca.issueApplication("LV-00001", "urn:venule:LV-00001", NOON.plus(Duration.ofDays(3)));
        var next = ca.issueApplication("LV-00001", "urn:venule:LV-00001", NOON.plus(Duration.ofDays(300)));

        var all = PublicCertificate.all(old.certificatePem() + next.certificatePem());

        assertThat(all)
                .extracting(PublicCertificate::until)
                .containsExactly("2026-11-25T12:00:00Z", "2027-09-18T12:00:00Z");
        assertThat(CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(all.getLast().pem().getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(next.certificate());
    }

    @Test
    void of_one_that_cannot_be_read_its_text_is_there() {
        assertThat(PublicCertificate.all("none")).singleElement().satisfies(one -> {
            assertThat(one.pem()).isEqualTo("none");
            assertThat(one.until()).isEmpty();
        });
    }
}
