package io.venule.store;

import static io.venule.store.WardFixture.anEntry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.prescription.Patient;
import io.venule.signing.Json;
import io.venule.stack.BackboneResource;
import io.venule.stack.RunFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The data key is changed under a running ward, and back again after each test. Issue "audit log", item 5. */
@QuarkusTest
@WithTestResource(BackboneResource.class)
class ResealingIT {
    /** More than one transaction takes. */
    private static final int PATIENTS = 120;

    @Inject
    PostgresAdmissions admissions;

    @Inject
    Transactions transactions;

    @Inject
    AuditAppender appender;

    @Inject
    AuditLog log;

    @Inject
    InstantSource clock;

    @Inject
    SecureRandom random;

    @ConfigProperty(name = "venule.keys.directory")
    Path keys = Path.of("");

    private String old = "";
    private String fresh = "";

    @BeforeEach
    void two_keys() throws IOException {
        old = Files.readString(keys.resolve("data.key")).strip();
        fresh = "22".repeat(32);
        if (vault(fresh).current() == vault(old).current()) {
            fresh = "33".repeat(32);
        }
    }

    @AfterEach
    void back_under_the_key_of_the_application() throws IOException {
        resealing(old, fresh).round();
    }

    @Test
    void every_patient_comes_under_the_new_key_and_none_is_changed() throws IOException {
        var patients = admitted(PATIENTS);
        var before = log.head().size();

        var rows = resealing(fresh, old).round();

        assertThat(rows).isGreaterThanOrEqualTo(PATIENTS);
        var alone = vault(fresh);
        assertThat(patients)
                .allSatisfy(patient -> assertThat(read(patient, alone)).contains(patient));
        assertThat(entries(before)).singleElement().satisfies(entry -> {
            assertThat(entry.details().members().get("patients")).isEqualTo(Json.whole(rows));
            assertThat(entry.said("dataKey")).isEqualTo(vault(fresh).currentName());
        });
        assertThat(salts(vault(fresh))).hasSizeGreaterThanOrEqualTo(PATIENTS).doesNotHaveDuplicates();
    }

    @Test
    void a_second_round_finds_nothing_and_says_nothing() throws IOException {
        admitted(3);
        resealing(fresh, old).round();
        var before = log.head().size();

        assertThat(resealing(fresh, old).round()).isZero();
        assertThat(entries(before)).isEmpty();
    }

    @Test
    void what_another_server_still_seals_with_the_key_before_is_found_by_the_next_round() throws IOException {
        resealing(fresh, old).round();
        var late = admitted(1).getFirst();

        assertThat(resealing(fresh, old).round()).isOne();
        assertThat(read(late, vault(fresh))).contains(late);
    }

    @Test
    void a_start_without_a_key_that_is_needed_says_what_to_lay_there() throws IOException {
        admitted(1);

        assertThatCode(resealing(fresh, old)::requireKeys).doesNotThrowAnyException();
        assertThatThrownBy(resealing(fresh)::requireKeys)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("data.previous.key");
        resealing(fresh, old).round();
        assertThatCode(resealing(fresh)::requireKeys).doesNotThrowAnyException();
    }

    private List<Patient> admitted(int count) {
        return Stream.generate(WardFixture::aPatient)
                .limit(count)
                .peek(patient -> admissions.admit(patient, _ -> anEntry()))
                .toList();
    }

    private Resealing resealing(String... data) throws IOException {
        return new Resealing(transactions, vault(data), appender, clock);
    }

    /** The first of the keys seals, the second opens too. */
    private Vault vault(String... data) throws IOException {
        // Not in a folder that JUnit injects: in a test of Quarkus it is not, and keys were left in the project.
        var place = Files.createTempDirectory("venule-keys");
        try {
            Files.writeString(place.resolve("data.key"), data[0]);
            if (data.length > 1) {
                Files.writeString(place.resolve("data.previous.key"), data[1]);
            }
            return new Vault(place, random);
        } finally {
            RunFolder.deleteTree(place);
        }
    }

    private Optional<Patient> read(Patient patient, Vault vault) {
        var rows = new PatientRows(vault, random, keys);
        return transactions.inOne(() -> rows.patient(patient.id()));
    }

    /** What opens to the salt of each patient on record. */
    private List<byte[]> salts(Vault vault) {
        return transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.prepareStatement("SELECT id, salt FROM patient WHERE salt IS NOT NULL");
                    var found = statement.executeQuery()) {
                var salts = new ArrayList<byte[]>();
                while (found.next()) {
                    salts.add(vault.open(PatientRows.saltPlace(found.getString(1)), found.getBytes(2)));
                }
                return salts;
            }
        }));
    }

    private List<AuditEntry> entries(long since) {
        return LongStream.range(since, log.head().size())
                .mapToObj(index -> log.entry(index).orElseThrow().entry())
                .filter(entry -> entry.kind() == AuditKind.DATA_RESEALED)
                .toList();
    }
}
