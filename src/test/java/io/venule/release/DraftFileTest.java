package io.venule.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.druglibrary.LibraryDiff;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A draft in one file, whichever of the two it is. Source: docs/drug-library.md, "What a draft would have done". */
class DraftFileTest {
    private static final Release ACTIVE = loaded(LibraryText.read(Path.of("drug-library")));

    private static Release loaded(LibraryReading reading) {
        return switch (reading) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) -> throw new AssertionError(faults);
        };
    }

    private static List<LibraryFault> faults(String sent) {
        return switch (DraftFile.read(ACTIVE, sent.getBytes(UTF_8))) {
            case LibraryReading.Loaded(var release) -> throw new AssertionError(release);
            case LibraryReading.Refused(var faults) -> faults;
        };
    }

    private static String table() {
        return new String(LibraryTable.of(ACTIVE), UTF_8);
    }

    @Test
    void the_exact_bytes_of_a_release_are_that_release() {
        assertThat(loaded(DraftFile.read(ACTIVE, ACTIVE.canonicalBytes())).version())
                .isEqualTo(ACTIVE.version());
    }

    @Test
    void a_table_is_the_active_release_with_its_entries_under_the_next_counter() {
        var draft = loaded(DraftFile.read(ACTIVE, table().getBytes(UTF_8)));

        assertThat(draft.version().counter()).isEqualTo(ACTIVE.version().counter() + 1);
        assertThat(LibraryDiff.between(ACTIVE.library(), draft.library()).differences())
                .isEmpty();
    }

    @Test
    void every_fault_of_a_table_names_its_row_and_column() {
        var spoilt = table().replaceFirst("\"ug/kg/min\",\"\",\"0.9\"", "\"ug/kg/min\",\"\",\"0,9\"")
                .replaceFirst("\"published\"", "\"guessed\"");

        assertThat(faults(spoilt)).hasSize(2).allSatisfy(fault -> {
            assertThat(fault.file()).isEqualTo("table");
            assertThat(fault.entry()).matches("row [1-9][0-9]*");
            assertThat(fault.problem()).isNotEmpty();
            assertThat(fault.remedy()).isNotEmpty();
        });
        assertThat(faults(spoilt).stream().map(LibraryFault::member)).containsExactlyInAnyOrder("doseSoftLow", "basis");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "[", "\"release\"", "{", "{}", " {\"library\": 1}", "\uFEFF", "id", "a,b\n1,2"})
    void what_is_neither_is_refused_with_something_to_do(String sent) {
        assertThat(faults(sent))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.remedy()).isNotEmpty());
    }
}
