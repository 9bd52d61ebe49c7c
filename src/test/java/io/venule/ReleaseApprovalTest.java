package io.venule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.venule.release.LibraryReleases.Signed;
import io.venule.release.Release;
import io.venule.release.ReleaseSignatures;
import io.venule.signing.KeyFiles;
import io.venule.signing.MakeKeys;
import io.venule.signing.OrderBatch;
import io.venule.signing.Revocations;
import io.venule.staff.SubjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which release a server starts on. Source: DESIGN, invariant 7; docs/drug-library.md, "Publishing a release". */
class ReleaseApprovalTest {
    private static final Path SHIPPED = Path.of("drug-library");
    private static final String EXAMPLE = "example, not for clinical use";
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");

    @TempDir
    private Path folder;

    private Path keys = Path.of("");

    @BeforeEach
    void keys() throws IOException {
        keys = folder.resolve("keys");
        MakeKeys.into(keys, InstantSource.fixed(NOW), new SecureRandom(), new OrderBatch(1, List.of("*")));
    }

    @Test
    void in_training_two_made_up_pharmacists_sign_where_nobody_did_and_nobody_where_two_people_did()
            throws IOException {
        assertThat(approval("training", EXAMPLE).signers())
                .containsExactly("training-pharmacist-1", "training-pharmacist-2");

        sign(EXAMPLE);

        assertThat(approval("training", EXAMPLE).signers()).containsExactly("anna", "ben");
    }

    @Test
    void in_clinical_mode_nobody_is_made_up() {
        assertThatThrownBy(() -> approval("clinical", "clinical use"))
                .hasMessageContaining("release-1.jws and release-2.jws are missing in ");
    }

    @Test
    void two_people_s_release_for_clinical_use_starts_in_clinical_mode() throws IOException {
        sign("clinical use");

        assertThat(approval("clinical", "clinical use").signers()).containsExactly("anna", "ben");
    }

    @Test
    void an_example_is_no_library_for_patients_whoever_signed_it() throws IOException {
        sign(EXAMPLE);

        assertThatThrownBy(() -> approval("clinical", EXAMPLE))
                .hasMessageContaining(
                        "the drug library is for \"example, not for clinical use\"; it must say \"clinical use\"");
    }

    @Test
    void everything_wrong_with_library_and_keys_is_told_before_anything_is_opened() throws IOException {
        assertThat(refusals("training", EXAMPLE)).isEmpty();

        sign("another use");
        assertThat(refusals("training", EXAMPLE))
                .hasSize(4)
                .allMatch(reason -> reason.startsWith("Drug library, library release 1 "))
                .anyMatch(reason -> reason.endsWith("signed another release"));

        var dopamine = folder.resolve("library/drugs/dopamine.json");
        Files.writeString(dopamine, Files.readString(dopamine).replace("\"hardHigh\": \"30\"", "\"hardHigh\": \"3\""));
        assertThat(FileCheck.refusals(settings("training"), InstantSource.fixed(NOW)))
                .hasSizeGreaterThan(1)
                .allMatch(reason -> reason.matches("Drug library: drugs/dopamine.json, .* is above hardHigh 3\\. .*"));

        Files.delete(keys.resolve("root.pub"));
        assertThat(FileCheck.refusals(settings("training"), InstantSource.fixed(NOW)))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("key file cannot be read: ")
                .endsWith("root.pub");
    }

    @Test
    void the_one_file_that_was_signed_is_taken_as_the_folder_is() throws IOException {
        var fromFolder = release("training", EXAMPLE);
        var file = folder.resolve("signed");
        Files.write(file, fromFolder.canonicalBytes());
        try (var files = Files.walk(folder.resolve("library"))) {
            for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        Files.move(file, folder.resolve("library"));

        assertThat(ReleaseApproval.load(settings("training")).version()).isEqualTo(fromFolder.version());
    }

    @Test
    void where_there_is_no_library_that_is_said() {
        assertThat(FileCheck.refusals(settings("training"), InstantSource.fixed(NOW)))
                .containsExactly(
                        "Drug library: No folder of a library, and no file of a release: " + folder.resolve("library"));
    }

    private List<String> refusals(String mode, String use) throws IOException {
        var _ = release(mode, use);
        return FileCheck.refusals(settings(mode), InstantSource.fixed(NOW));
    }

    private void sign(String use) throws IOException {
        var release = release("clinical", use);
        for (var person : Map.of("1", "anna", "2", "ben").entrySet()) {
            var key = KeyFiles.signingKey(keys.resolve("library-" + person.getKey() + ".key"));
            Files.writeString(
                    keys.resolve("release-" + person.getKey() + ".jws"),
                    ReleaseSignatures.sign(release, new SubjectId(person.getValue()), NOW, key));
        }
    }

    private Signed approval(String mode, String use) throws IOException {
        return ReleaseApproval.of(
                release(mode, use),
                settings(mode),
                ReleaseApproval.terms(settings(mode), () -> Revocations.NONE, InstantSource.fixed(NOW)));
    }

    private Release release(String mode, String use) throws IOException {
        var library = folder.resolve("library");
        try (var files = Files.walk(SHIPPED)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = library.resolve(SHIPPED.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling("."));
                Files.writeString(copy, Files.readString(file).replace(EXAMPLE, use));
            }
        }
        return ReleaseApproval.load(settings(mode));
    }

    private VenuleSettings settings(String mode) {
        var values = Map.of(
                "venule.mode",
                mode,
                "venule.hospital",
                "St Example",
                "venule.keys.directory",
                keys.toString(),
                "venule.library.directory",
                folder.resolve("library").toString(),
                "venule.audit.origin",
                "venule.hospital.org/log",
                "venule.audit.memory",
                folder.resolve("memory").toString());
        return new SmallRyeConfigBuilder()
                .withMapping(VenuleSettings.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(VenuleSettings.class);
    }
}
