package io.venule.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Patient;
import io.venule.prescription.PatientId;
import io.venule.quantity.BodySurface;
import io.venule.quantity.Weight;
import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.JsonMembers;
import io.venule.signing.KeyFiles;
import io.venule.signing.KeyedHash;
import io.venule.store.Vault.Place;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The patients. A row is found by the keyed hash of the patient's number; name, birth date, numbers and body leave the row only through
 * the {@link Vault}.
 */
@Singleton
final class PatientRows implements PanacheRepositoryBase<PatientRow, String> {
    private static final int LARGEST_PARTICULARS = 4096;

    private static final int SALT = 32;

    private final Vault vault;
    private final KeyedHash keyedHash;
    private final SecureRandom random;

    PatientRows(Vault vault, SecureRandom random, @ConfigProperty(name = "venule.keys.directory") Path keys) {
        this.vault = vault;
        this.random = random;
        this.keyedHash = new KeyedHash(KeyFiles.secret(keys.resolve("pairing.key")));
    }

    /** The id that stands for a patient in every table. */
    String rowId(PatientId patient) {
        return keyedHash.of("patient-row", patient.gsrn()).hex();
    }

    Optional<Patient> patient(PatientId id) {
        return findByIdOptional(rowId(id)).map(this::patient);
    }

    PatientId idOf(String rowId) {
        return findByIdOptional(rowId)
                .map(row -> patient(row).id())
                .orElseThrow(() -> new IllegalStateException("a patient row is missing"));
    }

    List<Patient> admitted(int atMost) {
        return find("admitted order by careArea, id").page(0, atMost).stream()
                .map(this::patient)
                .toList();
    }

    /** Keeps what is known of the patient; gives the commitment, which stays the same until the patient is erased. */
    Digest keep(Patient patient) {
        var id = rowId(patient.id());
        var sealed = vault.seal(place(id), CanonicalJson.write(particulars(patient)));
        var row = findByIdOptional(id).orElseGet(() -> {
            var fresh = new PatientRow(id, sealed, patient.careArea(), patient.admitted());
            persist(fresh);
            return fresh;
        });
        row.particulars = sealed;
        row.careArea = patient.careArea();
        row.admitted = patient.admitted();
        return commitment(row, patient.id());
    }

    Optional<Digest> commitment(PatientId id) {
        return findByIdOptional(rowId(id)).map(row -> commitment(row, id));
    }

    /** Whether a prescription's patient was erased. */
    boolean isErased(String rowId) {
        return findByIdOptional(rowId).filter(row -> row.erased).isPresent();
    }

    private Digest commitment(PatientRow row, PatientId id) {
        if (row.commitment == null) {
            var salt = new byte[SALT];
            random.nextBytes(salt);
            row.salt = vault.seal(saltPlace(row.id), salt);
            row.commitment = new KeyedHash(salt).patient(id.gsrn()).hex();
        }
        return new Digest(row.commitment);
    }

    static Place saltPlace(String row) {
        return new Place("patient", "salt", row);
    }

    static Place place(String row) {
        return new Place("patient", "particulars", row);
    }

    private static Json particulars(Patient patient) {
        var json = Json.object()
                .put("gsrn", patient.id().gsrn())
                .put("band", patient.bandInstance())
                .put("name", patient.name())
                .put("born", patient.born().toString());
        return switch (patient.body()) {
            case BodyMeasures.Unknown() -> json.put("grams", 0).put("cm2", 0).build();
            case BodyMeasures.Weighed(var weight) ->
                json.put("grams", weight.grams()).put("cm2", 0).build();
            case BodyMeasures.WeighedAndMeasured(var weight, var surface) ->
                json.put("grams", weight.grams())
                        .put("cm2", surface.squareCentimetres())
                        .build();
        };
    }

    Patient patient(PatientRow row) {
        var plain = vault.open(place(row.id), row.particulars);
        return switch (JsonMembers.readCanonical(plain, LARGEST_PARTICULARS, members -> patient(row, members))) {
            case JsonMembers.Reading.Ok<Patient>(var patient) -> patient;
            case JsonMembers.Reading.Refused<Patient> refused ->
                throw new IllegalStateException("a patient's particulars cannot be read at " + refused.path());
        };
    }

    private static Patient patient(PatientRow row, JsonMembers members) {
        var grams = members.whole("grams");
        var squareCentimetres = members.whole("cm2");
        return new Patient(
                new PatientId(members.text("gsrn")),
                members.text("band"),
                members.text("name"),
                LocalDate.parse(members.text("born")),
                body(grams, squareCentimetres),
                row.careArea,
                row.admitted);
    }

    private static BodyMeasures body(long grams, long squareCentimetres) {
        if (grams == 0) {
            return new BodyMeasures.Unknown();
        }
        return squareCentimetres == 0
                ? new BodyMeasures.Weighed(new Weight(grams))
                : new BodyMeasures.WeighedAndMeasured(new Weight(grams), new BodySurface(squareCentimetres));
    }
}
