package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.audit.LogVerifier;
import io.venule.signing.Digest;
import io.venule.signing.KeyFiles;
import io.venule.signing.KeyedHash;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A patient is erased and every proof stays. Threat T-49; issue "audit log", item 5. */
@QuarkusTest
@WithTestResource(StackResource.class)
class ErasureIT {
    private static final String NAME = "Zacharias Erasable";

    @Nullable
    VenuleStack stack;

    @Inject
    AuditLog log;

    @Inject
    AgroalDataSource source;

    @Inject
    @ConfigProperty(name = "venule.keys.directory")
    Path keys;

    private @Nullable Api api;

    @BeforeEach
    void open() {
        api = new Api(Objects.requireNonNull(stack));
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(api).close();
    }

    @Test
    void an_erased_patient_leads_to_nobody_and_every_proof_still_holds() throws Exception {
        var gsrn = "952123400001777772";
        admitted(gsrn);
        var band = band(gsrn);
        var commitment = api().post("auditor", "/api/v1/audit/patients", Map.of("wristband", band))
                .expect(200)
                .text("patient");
        var proofBefore = api().get("auditor", "/api/v1/audit/entries/" + firstOf(commitment))
                .expect(200);

        var erased = erase(gsrn).expect(200);

        assertThat(erased.text("patient")).isEqualTo(commitment);
        assertThat(everything()).doesNotContain(NAME, gsrn, rowId(gsrn));
        assertThat(saltsOf(commitment)).isZero();
        assertThat(api().post("nurse", "/api/v1/patients/search", Map.of("wristband", band))
                        .problem())
                .isEqualTo("not-found");
        assertThat(api().post("auditor", "/api/v1/audit/patients", Map.of("wristband", band))
                        .problem())
                .isEqualTo("not-found");
        assertThat(api().post("pharmacist", "/api/v1/prescriptions", prescription("RX-ERASED2", gsrn))
                        .problem())
                .isEqualTo("unknown-reference");
        var entries = api().get("auditor", "/api/v1/audit/entries?patient=" + commitment)
                .expect(200)
                .json()
                .get("entries");
        assertThat(entries.valueStream().map(entry -> entry.get("kind").asText()))
                .contains("PATIENT_ADMITTED", "PRESCRIPTION_ENTERED", "PATIENT_ERASED");
        var proofAfter = api().get("auditor", "/api/v1/audit/entries/" + firstOf(commitment))
                .expect(200);
        assertThat(proofAfter.text("entry")).isEqualTo(proofBefore.text("entry"));
        // Other tests enter releases that nobody signed, so that the root's key is not asked here.
        assertThat(ExportedLog.judged(api(), ExportedLog.logKey(keys))).isInstanceOf(LogVerifier.Verdict.Intact.class);
    }

    @Test
    void the_same_number_admitted_anew_is_another_person_to_the_log() throws Exception {
        var gsrn = "952123400001777789";
        var before = commitmentOf(gsrn);
        erase(gsrn).expect(200);

        var after = commitmentOf(gsrn);

        assertThat(after).isNotEqualTo(before);
        assertThat(new KeyedHash(KeyFiles.secret(keys.resolve("pairing.key")))
                        .patient(gsrn)
                        .hex())
                .as("no key of the server gives a commitment")
                .isNotIn(before, after);
    }

    @Test
    void who_is_being_treated_is_not_erased() throws Exception {
        var gsrn = "952123400001777802";
        admitted(gsrn);
        run(
                "INSERT INTO infusion_order (id, submission, state, prescription, pump, channel, patient, patient_hash, drug, dose,"
                        + " rate_ul_per_h, vtbi_ul, nurse, nurse_name, approved_at, expires_at, signed, pairing, bag, bag_has_serial)"
                        + " SELECT '" + "e".repeat(32) + "', 'erasure', 'RUNNING', id, 'NO-00001', 1, patient, '"
                        + Digest.NONE
                        + "', 'd', 'd', 1, 1, 'n', 'n', '2000-01-01Z', '2000-01-01Z', 'a.b.c', 'erasure', 'erasure', false"
                        + " FROM prescription WHERE id = '" + prescriptionOf(gsrn) + "'");

        var refused = erase(gsrn);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("patient-in-treatment");
        assertThat(commitment(gsrn)).isPresent();
        run("UPDATE infusion_order SET state = 'COMPLETE' WHERE submission = 'erasure'");
        erase(gsrn).expect(200);
    }

    @Test
    void nobody_is_erased_twice_or_without_a_reason_from_the_list() throws Exception {
        var gsrn = "952123400001777796";
        admitted(gsrn);

        assertThat(api().post("admin", "/api/v1/patients/erase", Map.of("gsrn", gsrn))
                        .problem())
                .isEqualTo("invalid-request");
        assertThat(api().post("admin", "/api/v1/patients/erase", Map.of("gsrn", gsrn, "reason", "Anna asked"))
                        .problem())
                .isEqualTo("invalid-request");
        erase(gsrn).expect(200);
        assertThat(erase(gsrn).problem()).isEqualTo("not-found");
    }

    private Api.Answer erase(String gsrn) throws IOException, InterruptedException {
        return api().post("admin", "/api/v1/patients/erase", Map.of("gsrn", gsrn, "reason", "ASKED_BY_PATIENT"));
    }

    private static String prescriptionOf(String gsrn) {
        return "RX-E" + gsrn.substring(11);
    }

    private void run(String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private void admitted(String gsrn) throws IOException, InterruptedException {
        api().post(
                        "admin",
                        "/api/v1/patients",
                        Map.of(
                                "gsrn",
                                gsrn,
                                "bandInstance",
                                "1",
                                "name",
                                NAME,
                                "born",
                                "1950-02-03",
                                "weightKg",
                                "70",
                                "careArea",
                                "adult-icu"))
                .expect(201);
        var entered = api().post("pharmacist", "/api/v1/prescriptions", prescription(prescriptionOf(gsrn), gsrn));
        assertThat(entered.status()).isIn(201, 409);
    }

    private static Map<String, Object> prescription(String id, String gsrn) {
        return Map.of(
                "id",
                id,
                "gsrn",
                gsrn,
                "libraryEntry",
                "norepinephrine/adult-icu/premix",
                "concentration",
                Map.of("amount", Map.of("value", "16", "unit", "mg"), "volume", Map.of("value", "250", "unit", "mL")),
                "regimen",
                Map.of("continuous", Map.of("value", "0.1", "unit", "ug/kg/min")),
                "vtbi",
                Map.of("value", "250", "unit", "mL"),
                "route",
                "INTRAVENOUS");
    }

    private String commitmentOf(String gsrn) throws IOException, InterruptedException {
        admitted(gsrn);
        return commitment(gsrn).orElseThrow();
    }

    private Optional<String> commitment(String gsrn) throws IOException, InterruptedException {
        var answer = api().post("auditor", "/api/v1/audit/patients", Map.of("wristband", band(gsrn)));
        return answer.status() == 200 ? Optional.of(answer.text("patient")) : Optional.empty();
    }

    private String band(String gsrn) throws IOException, InterruptedException {
        return Objects.requireNonNull(
                api().post("admin", "/api/v1/labels", Map.of("kind", "WRISTBAND", "gsrn", gsrn, "instance", "1"))
                        .expect(200)
                        .headers()
                        .get("x-element-string"));
    }

    private long firstOf(String commitment) {
        for (long index = 0; index < log.head().size(); index++) {
            var entry = log.entry(index).orElseThrow().entry();
            if (entry.kind() == AuditKind.PATIENT_ADMITTED
                    && entry.said("patient").equals(commitment)) {
                var covered = index;
                Awaitility.await()
                        .until(() -> log.checkpoint().orElseThrow().head().size() > covered);
                return index;
            }
        }
        throw new AssertionError("no admission under " + commitment);
    }

    private String rowId(String gsrn) {
        return new KeyedHash(KeyFiles.secret(keys.resolve("pairing.key")))
                .of("patient-row", gsrn)
                .hex();
    }

    private long saltsOf(String commitment) throws SQLException {
        return Long.parseLong(text("SELECT count(*) FROM patient WHERE commitment = '"
                + Digest.parse(commitment).orElseThrow() + "'"));
    }

    /** Every row of every table that speaks of patients. */
    private String everything() throws SQLException {
        var all = new StringBuilder();
        for (var table : new String[] {"patient", "prescription", "infusion_order"}) {
            all.append(text("SELECT coalesce(string_agg(t::text, ' '), '') FROM " + table + " t"));
        }
        return all.append(text("SELECT string_agg(encode(leaf, 'escape'), ' ') FROM audit_leaf"))
                .toString();
    }

    private String text(String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            assertThat(found.next()).isTrue();
            return Objects.requireNonNull(found.getString(1));
        }
    }

    private Api api() {
        return Objects.requireNonNull(api);
    }
}
