package io.venule.dose;

import static io.venule.dose.ProgramFixture.continuous;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.dose.Hindsight.Alert;
import io.venule.dose.Hindsight.Level;
import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.LibraryVersion;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Route;
import io.venule.pump.PumpModel;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a library says of a prescription, looking back. Source: EXPECTATIONS row 23. */
class HindsightTest {
    private static final LibraryVersion VERSION = new LibraryVersion(7, "ab".repeat(32));

    @ParameterizedTest(name = "{0} mcg/kg/min: {1}")
    @CsvSource({
        "0.49, HARD",
        "0.5, SOFT",
        "0.51, SOFT",
        "0.89, SOFT",
        "0.9, NONE",
        "0.91, NONE",
        "19.99, NONE",
        "20, NONE",
        "20.01, SOFT",
        "29.99, SOFT",
        "30, SOFT",
        "30.01, HARD"
    })
    void a_value_at_a_limit_is_inside_and_one_step_beyond_is_not(String dose, Level level) {
        assertThat(judged(dopamine(dose)).level()).isEqualTo(level);
    }

    @Test
    void the_breaches_are_those_of_the_check() {
        assertThat(judged(dopamine("5"))).isEqualTo(new Alert(Level.NONE, List.of()));
        assertThat(judged(dopamine("25")).breaches())
                .extracting(Breach::sentence)
                .containsExactly("Dose rate 25 mcg/kg/min is above the soft limit of 20 mcg/kg/min.");
        assertThat(judged(dopamine("500")).breaches())
                .extracting(Breach::sentence)
                .containsExactly(
                        "Dose rate 500 mcg/kg/min is above the hard limit of 30 mcg/kg/min.",
                        "Rate 1,312.5 mL/h is above the hard limit of 999 mL/h of this pump.");
    }

    @Test
    void a_dose_by_weight_without_a_weight_is_stopped() {
        var alert = judged(dopamine("5").unweighed());

        assertThat(alert.level()).isEqualTo(Level.HARD);
        assertThat(alert.breaches()).extracting(Breach::code).contains("weight.missing");
    }

    @Test
    void the_pump_it_was_ordered_on_counts() {
        assertThat(judged(dopamine("5").on(PumpModel.SYRINGE)).level()).isEqualTo(Level.HARD);
    }

    @Test
    void a_library_without_the_entry_or_its_care_area_has_no_entry() {
        var program = dopamine("5").program();
        var noEntry = new DrugLibrary(VERSION, "test", List.of(ProgramFixture.ICU), List.of(), List.of());
        var noArea = new DrugLibrary(VERSION, "test", List.of(), List.of(program.entry()), List.of());

        for (var library : List.of(noEntry, noArea)) {
            assertThat(judged(program, library)).isEqualTo(new Alert(Level.NO_ENTRY, List.of()));
        }
    }

    private static ProgramFixture dopamine(String dose) {
        return continuous(dose, "ug/kg/min", "400", "mg", "250").doseLimits("ug/kg/min", "0.5", "0.9", "20", "30");
    }

    private static Alert judged(ProgramFixture fixture) {
        var program = fixture.program();
        return judged(
                program,
                new DrugLibrary(VERSION, "test", List.of(program.area()), List.of(program.entry()), List.of()));
    }

    private static Alert judged(Program program, DrugLibrary library) {
        var prescription = new Prescription(
                new PrescriptionId("RX-1001"),
                new PatientId("123456789012345678"),
                program.entry().drug().code(),
                program.entry().id(),
                program.order().mixture(),
                program.order().regimen(),
                program.order().toInfuse(),
                Route.INTRAVENOUS,
                Instant.EPOCH,
                Instant.MAX,
                true);
        return Hindsight.judge(prescription, program.body(), program.pump(), library);
    }
}
