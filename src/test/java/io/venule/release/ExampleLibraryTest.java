package io.venule.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.LibraryEntry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The library in {@code drug-library/} loads, is large enough to be a hospital's, and says where its limits are from. */
class ExampleLibraryTest {
    private static final Release RELEASE = load();

    private static Release load() {
        return switch (LibraryText.read(Path.of("drug-library"))) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) ->
                throw new AssertionError(String.join(
                        "\n", faults.stream().map(LibraryFault::sentence).toList()));
        };
    }

    @Test
    void it_has_all_care_areas_and_enough_drugs_and_entries() {
        var library = RELEASE.library();

        assertThat(library.careAreas())
                .extracting(CareArea::name)
                .containsExactlyInAnyOrder(
                        "Adult ICU", "Adult Med-Surg", "ED", "L&D", "NICU", "Oncology", "OR/Anesthesia", "PICU");
        assertThat(library.entries()).hasSizeGreaterThanOrEqualTo(300);
        assertThat(library.entries().stream().map(LibraryEntry::drug).distinct())
                .hasSizeGreaterThanOrEqualTo(120);
        assertThat(library.products()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(library.entries().stream().map(LibraryEntry::careArea).distinct())
                .hasSize(8);
        assertThat(RELEASE.use()).isEqualTo("example, not for clinical use");
    }

    @Test
    void its_release_text_reads_back_as_the_same_release() {
        var again = LibraryText.readRelease(RELEASE.canonicalBytes());

        assertThat(again).isInstanceOfSatisfying(LibraryReading.Loaded.class, loaded -> {
            assertThat(loaded.release().version()).isEqualTo(RELEASE.version());
            assertThat(loaded.release().library().entries())
                    .containsExactlyElementsOf(RELEASE.library().entries());
        });
    }
}
