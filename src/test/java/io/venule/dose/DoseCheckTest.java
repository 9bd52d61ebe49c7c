package io.venule.dose;

import static io.venule.dose.ProgramFixture.continuous;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.LibraryEntry;
import io.venule.druglibrary.LibraryVersion;
import io.venule.pairing.Paired;
import io.venule.pairing.PairedFixture;
import io.venule.prescription.Patient;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Route;
import io.venule.quantity.Dose;
import io.venule.quantity.DosingBasis;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verdicts for paired prescriptions. */
class DoseCheckTest {
    private static final LibraryVersion VERSION = new LibraryVersion(7, "ab".repeat(32));
    private static final OverrideReason WEANING = OverrideReason.of(OverrideReason.Kind.WEANING);

    @Test
    void dopamine_inside_its_limits_becomes_a_checked_dose() {
        var paired = paired(dopamine("5"));

        var verdict = DoseCheck.check(paired, library(paired.entry()));

        assertThat(verdict).isInstanceOfSatisfying(DoseVerdict.Within.class, within -> {
            var dose = within.dose();
            assertThat(dose.paired()).isSameAs(paired);
            assertThat(dose.rate()).isEqualTo(FlowRate.ofMillilitresPerHour("13.1"));
            assertThat(dose.toInfuse()).isEqualTo(Volume.ofMillilitres("250"));
            assertThat(dose.dose()).contains(Dose.of("5", "ug/kg/min"));
            assertThat(dose.duration()).isEmpty();
            assertThat(dose.basis()).isEqualTo(new DosingBasis.ByWeight(Weight.ofKilograms("70")));
            assertThat(dose.deliveredDose()).contains(Dose.of("4.99", "ug/kg/min"));
            assertThat(dose.entry()).isSameAs(paired.entry());
            assertThat(dose.version()).isEqualTo(VERSION);
            assertThat(dose.overridden()).isEmpty();
            assertThat(dose.reason()).isEmpty();
            assertThat(dose.arithmetic())
                    .isEqualTo("5 mcg/kg/min × 70 kg × 60 min/h ÷ 1,600 mcg/mL = 13.125 mL/h → pump 13.1 mL/h");
            assertThat(dose.toString()).doesNotContain("Ada");
        });
    }

    @Test
    void a_soft_breach_holds_no_dose_until_a_reason_makes_one() {
        var paired = paired(dopamine("25"));

        var verdict = DoseCheck.check(paired, library(paired.entry()));

        assertThat(verdict).isInstanceOfSatisfying(DoseVerdict.OutsideSoftLimits.class, outside -> {
            assertThat(outside.breach().breaches())
                    .extracting(Breach::sentence)
                    .containsExactly("Dose rate 25 mcg/kg/min is above the soft limit of 20 mcg/kg/min.");
            assertThat(outside.breach().arithmetic()).endsWith("= 65.625 mL/h → pump 65.6 mL/h");
            var dose = outside.breach().overriddenFor(WEANING);
            assertThat(dose.reason()).contains(WEANING);
            assertThat(dose.overridden()).isEqualTo(outside.breach().breaches());
            assertThat(dose.rate()).isEqualTo(FlowRate.ofMillilitresPerHour("65.6"));
        });
    }

    @Test
    void a_hard_breach_holds_every_breach_and_no_dose() {
        var paired = paired(dopamine("500"));

        var verdict = DoseCheck.check(paired, library(paired.entry()));

        assertThat(verdict).isInstanceOfSatisfying(DoseVerdict.OutsideHardLimits.class, outside -> {
            assertThat(outside.breaches())
                    .extracting(Breach::sentence)
                    .containsExactly(
                            "Dose rate 500 mcg/kg/min is above the hard limit of 30 mcg/kg/min.",
                            "Rate 1,312.5 mL/h is above the hard limit of 999 mL/h of this pump.");
            assertThat(outside.arithmetic()).endsWith("= 1,312.5 mL/h → more than this pump can deliver");
        });
    }

    @Test
    void a_library_that_changed_since_the_scan_is_a_refusal() {
        var paired = paired(dopamine("5"));
        var changed =
                dopamine("5").doseLimits("ug/kg/min", "", "", "", "6").program().entry();

        var verdict = DoseCheck.check(paired, library(changed));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        DoseVerdict.OutsideHardLimits.class,
                        outside -> assertThat(outside.breaches())
                                .extracting(Breach::code)
                                .containsExactly("library.changed"));
    }

    @Test
    void an_entry_or_care_area_that_is_gone_is_a_refusal() {
        var paired = paired(dopamine("5"));
        var noEntry = new DrugLibrary(VERSION, "test", List.of(ProgramFixture.ICU), List.of(), List.of());
        var noArea = new DrugLibrary(VERSION, "test", List.of(), List.of(paired.entry()), List.of());

        assertThat(DoseCheck.check(paired, noEntry)).isInstanceOf(DoseVerdict.OutsideHardLimits.class);
        assertThat(DoseCheck.check(paired, noArea)).isInstanceOf(DoseVerdict.OutsideHardLimits.class);
    }

    @Test
    void another_reason_is_said_in_words_on_one_line_of_at_most_200_characters() {
        assertThat(new OverrideReason(OverrideReason.Kind.OTHER, " as discussed ").print())
                .isEqualTo("Other: as discussed");
        assertThat(WEANING.print()).isEqualTo("Weaning");
        assertThat(new OverrideReason(OverrideReason.Kind.OTHER, "x".repeat(200)).text())
                .hasSize(200);
        assertThatThrownBy(() -> new OverrideReason(OverrideReason.Kind.OTHER, "x".repeat(201)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OverrideReason(OverrideReason.Kind.OTHER, "  "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OverrideReason(OverrideReason.Kind.WEANING, "two\nlines"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ProgramFixture dopamine(String dose) {
        return continuous(dose, "ug/kg/min", "400", "mg", "250").doseLimits("ug/kg/min", "", "0.9", "20", "30");
    }

    private static DrugLibrary library(LibraryEntry entry) {
        List<CareArea> areas = List.of(ProgramFixture.ICU);
        return new DrugLibrary(VERSION, "test", areas, List.of(entry), List.of());
    }

    private static Paired paired(ProgramFixture fixture) {
        var program = fixture.program();
        var patient = new Patient(
                new PatientId("123456789012345678"),
                "1",
                "Ada Test",
                LocalDate.of(1970, 1, 1),
                program.body(),
                "adult-icu",
                true);
        var prescription = new Prescription(
                new PrescriptionId("RX-0001"),
                patient.id(),
                program.entry().drug().code(),
                program.entry().id(),
                program.order().mixture(),
                program.order().regimen(),
                program.order().toInfuse(),
                Route.INTRAVENOUS,
                PairedFixture.NOON,
                PairedFixture.NOON.plusSeconds(3_600),
                true);
        return PairedFixture.aPairingOf(patient, prescription, program.entry())
                .on(program.pump())
                .paired();
    }
}
