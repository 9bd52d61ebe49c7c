package io.venule.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.pump.PumpModel;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every worked example of the field's dose arithmetic: DOMAIN, "Dose arithmetic and limit semantics", R1 to R11 and the neonate trap. */
class WorkedExamplesTest {
    @ParameterizedTest(name = "{0}: {1} {2}, {3} kg, {4} {5} in {6} mL")
    @CsvSource({
        // example, dose, unit, kg, amount, unit, mL, exact mL/h, pump mL/h, delivered
        "R1 dopamine, 5, ug/kg/min, 70, 400, mg, 250, 13.125, 13.1, 4.99",
        "R2 norepinephrine, 8, ug/min, 70, 4, mg, 250, 30, 30, 8",
        "R3 dexmedetomidine, 0.4, ug/kg/h, 70, 4, ug, 1, 7, 7, 0.4",
        "R4 heparin, 1200, [iU]/h, 70, 50, [iU], 1, 24, 24, 1200",
        "R4 heparin 82 kg, 18, [iU]/kg/h, 82, 100, [iU], 1, 14.76, 14.7, 17.93",
        "R4 heparin 72 kg, 18, [iU]/kg/h, 72, 100, [iU], 1, 12.96, 12.9, 17.92",
        "R4 insulin, 3, [iU]/h, 70, 1, [iU], 1, 3, 3, 3",
        "R4 vasopressin, 0.04, [iU]/min, 70, 0.4, [iU], 1, 6, 6, 0.04",
        "R4 oxytocin, 2, m[iU]/min, 70, 60, m[iU], 1, 2, 2, 2",
        "R5 potassium, 10, meq/h, 70, 10, meq, 100, 100, 100, 10",
        "amiodarone, 0.5, mg/min, 70, 1.8, mg, 1, 16.6667, 16.6, 0.498",
        "neonate, 5, ug/kg/min, 0.8, 400, mg, 250, 0.15, 0.1, 3.333",
        "neonate weaker bag, 5, ug/kg/min, 0.8, 200, mg, 250, 0.3, 0.3, 5",
        "per day, 1, g/kg/d, 3, 20, g, 100, 0.625, 0.6, 0.96"
    })
    void a_continuous_dose_becomes_a_rate_and_the_rate_a_delivered_dose(
            String example,
            String dose,
            String unit,
            String kilograms,
            String amount,
            String amountUnit,
            String millilitres,
            String exact,
            String pump,
            String delivered) {
        var ordered = Dose.of(dose, unit);
        var concentration = concentration(amount, amountUnit, millilitres);
        var basis = basis(ordered, kilograms);

        var rate = ComputedRate.ofDose(ordered, concentration, basis);
        var set = PumpModel.LARGE_VOLUME.settableAtOrBelow(rate.roundedDown().orElseThrow());

        assertThat(rate.shown().canonical()).as(example).isEqualTo(exact);
        assertThat(set).isEqualTo(FlowRate.ofMillilitresPerHour(pump));
        assertThat(ComputedDose.delivered(set, concentration, basis, ordered.unit())
                        .shown())
                .isEqualTo(Dose.of(delivered, unit));
    }

    /** The field rounds 14.76 to 14.8; we round a derived rate down, so that it never gives more than was ordered. */
    @Test
    void a_rate_that_follows_from_a_dose_is_rounded_down_where_the_field_rounds_to_nearest() {
        var basis = new DosingBasis.ByWeight(Weight.ofKilograms("82"));
        var wanted = ComputedRate.ofDose(Dose.of("18", "[iU]/kg/h"), concentration("100", "[iU]", "1"), basis);

        assertThat(PumpModel.LARGE_VOLUME.settableAtOrBelow(wanted.roundedDown().orElseThrow()))
                .isEqualTo(FlowRate.ofMillilitresPerHour("14.7"));
    }

    @Test
    @DisplayName("neonate trap: a step of 0.1 mL/h gives a third less, or a third more; a step of 0.01 gives the dose")
    void a_coarse_step_misses_a_neonate_by_a_third_and_a_fine_step_does_not() {
        var unit = Dose.of("5", "ug/kg/min").unit();
        var basis = new DosingBasis.ByWeight(Weight.ofKilograms("0.8"));
        var bag = concentration("400", "mg", "250");
        var wanted = ComputedRate.ofDose(Dose.of("5", "ug/kg/min"), bag, basis);

        var fine = PumpModel.SYRINGE.settableAtOrBelow(wanted.roundedDown().orElseThrow());
        var above = ComputedDose.delivered(FlowRate.ofMillilitresPerHour("0.2"), bag, basis, unit);

        assertThat(wanted.shortfallPercent(FlowRate.ofMillilitresPerHour("0.1")))
                .isEqualTo(34);
        assertThat(above.shown()).isEqualTo(Dose.of("6.667", "ug/kg/min"));
        assertThat(fine).isEqualTo(FlowRate.ofMillilitresPerHour("0.15"));
        assertThat(ComputedDose.delivered(fine, bag, basis, unit).compareTo(Dose.of("5", "ug/kg/min")))
                .isZero();
    }

    @Test
    void r5_ten_milliequivalents_in_100_mL_are_a_tenth_per_mL() {
        var bag = concentration("10", "meq", "100");

        assertThat(bag.shownPerMillilitre(AmountUnit.MILLIEQUIVALENT)).isEqualTo(Decimal.of("0.1"));
        assertThat(bag.printPerMillilitre(AmountUnit.MILLIEQUIVALENT)).isEqualTo("0.1 mEq/mL");
    }

    @Test
    void r6_mosteller_and_a_dose_per_square_metre() {
        var surface = BodySurface.mosteller(1_700, Weight.ofKilograms("70"));

        var volume = ComputedVolume.holding(
                Dose.of("75", "mg/m2"), concentration("1", "mg", "1"), new DosingBasis.BySurface(surface));

        assertThat(surface.print()).isEqualTo("1.8181 m²");
        assertThat(volume.print()).isEqualTo("136.358 mL");
        assertThat(ComputedDose.contained(
                                Volume.ofMillilitres("136.358"),
                                concentration("1", "mg", "1"),
                                new DosingBasis.WholePatient(),
                                Dose.of("1", "mg").unit())
                        .shown())
                .isEqualTo(Dose.of("136.4", "mg"));
    }

    @ParameterizedTest(name = "R7: {0} mL in {1} min is {2} mL/h")
    @CsvSource({"50, 30, 100", "50, 60, 50", "60, 30, 120", "50, 75, 40", "50, 24, 125"})
    void r7_an_intermittent_rate_is_volume_over_duration(String millilitres, long minutes, String rate) {
        var computed = ComputedRate.ofVolume(Volume.ofMillilitres(millilitres), Duration.ofMinutes(minutes));

        assertThat(computed).isEqualTo(ComputedRate.of(FlowRate.ofMillilitresPerHour(rate)));
    }

    /** Duration limits 0:24 to 1:15 over 50 mL are 40 to 125 mL/h, and 60 mL in 0:30 is inside. */
    @Test
    void r7_duration_limits_become_rate_limits_over_the_librarys_volume() {
        var overfilled = ComputedRate.ofVolume(Volume.ofMillilitres("60"), Duration.ofMinutes(30));

        assertThat(overfilled).isLessThan(ComputedRate.of(FlowRate.ofMillilitresPerHour("125")));
        assertThat(overfilled).isGreaterThan(ComputedRate.of(FlowRate.ofMillilitresPerHour("100")));
    }

    @Test
    void r8_a_bolus_of_0_6_mg_at_0_6_mg_per_minute_runs_at_36_mL_per_hour() {
        var rate = ComputedRate.ofDose(
                Dose.of("0.6", "mg/min"), concentration("1", "mg", "1"), new DosingBasis.WholePatient());

        assertThat(rate).isEqualTo(ComputedRate.of(FlowRate.ofMillilitresPerHour("36")));
        assertThat(RunOut.after(Volume.ofMillilitres("0.6"), FlowRate.ofMillilitresPerHour("36")))
                .contains(Duration.ofMinutes(1));
    }

    @Test
    void r9_what_may_be_derived_is_derived_exactly_or_not_at_all() {
        assertThat(RunOut.after(Volume.ofMillilitres("250"), FlowRate.ofMillilitresPerHour("50")))
                .contains(Duration.ofHours(5));
        assertThat(Derived.surface(Dose.of("136.35", "mg"), Dose.of("75", "mg/m2")))
                .contains(new BodySurface(18_180));
        assertThat(Derived.perKilogram(Dose.of("350", "ug/min"), Weight.ofKilograms("70")))
                .contains(Dose.of("5", "ug/kg/min"));
        assertThat(Derived.perKilogram(Dose.of("350", "ug/min"), Weight.ofKilograms("60")))
                .isEmpty();
        assertThat(Derived.wholeFrom(Dose.of("5", "ug/kg/min"), Weight.ofKilograms("70")))
                .contains(Dose.of("350", "ug/min"));
        assertThat(Derived.surface(Dose.of("136.35", "mg"), Dose.of("0", "mg/m2")))
                .isEmpty();
        assertThat(Derived.surface(Dose.of("5.00009", "g"), Dose.of("1000", "mg/m2")))
                .contains(new BodySurface(50_000));
        assertThat(Derived.surface(Dose.of("5.0001", "g"), Dose.of("1000", "mg/m2")))
                .isEmpty();
        assertThatThrownBy(() -> Derived.perKilogram(Dose.of("5", "ug/kg/min"), Weight.ofKilograms("70")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Derived.wholeFrom(Dose.of("5", "ug/min"), Weight.ofKilograms("70")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Derived.surface(Dose.of("5", "mg"), Dose.of("5", "meq/m2")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** 250 mL at 13.1 mL/h is 19.08 h. */
    @Test
    void r10_run_out_is_remaining_volume_over_rate_rounded_down_to_the_second() {
        var after = RunOut.after(Volume.ofMillilitres("250"), FlowRate.ofMillilitresPerHour("13.1"));

        assertThat(after).contains(Duration.ofSeconds(68_702));
        assertThat(RunOut.after(Volume.ofMillilitres("250"), FlowRate.ZERO)).isEmpty();
    }

    @Test
    void r11_a_bag_programmed_weaker_than_it_is_gives_too_much() {
        var basis = new DosingBasis.WholePatient();
        var ordered = Dose.of("8", "ug/min");
        var real = concentration("8", "mg", "250");
        var programmed = ComputedRate.ofDose(ordered, concentration("4", "mg", "250"), basis);

        var given = ComputedDose.delivered(programmed.roundedDown().orElseThrow(), real, basis, ordered.unit());

        assertThat(given.shown()).isEqualTo(Dose.of("16", "ug/min"));
    }

    @ParameterizedTest(name = "{0} {1} = {2} {3}")
    @CsvSource({
        "0.3, mg/h, 5, ug/min",
        "1, g, 1000, mg",
        "24, mg/d, 1, mg/h",
        "1000, m[iU]/min, 60, [iU]/h",
        "1, ug/kg/min, 1000, ng/kg/min",
        "1.44, g/m2/d, 1, mg/m2/min"
    })
    void doses_in_different_units_of_one_kind_compare_exactly(String one, String unit, String other, String otherUnit) {
        var dose = Dose.of(one, unit);
        var same = Dose.of(other, otherUnit);
        var oneMore = new Dose(
                new Decimal(same.value().unscaled() * 1_000 + 1, same.value().scale() + 3), same.unit());

        assertThat(dose).isEqualByComparingTo(same).isLessThan(oneMore);
        assertThat(ComputedDose.of(dose).compareTo(same)).isZero();
        assertThat(ComputedDose.of(dose).compareTo(oneMore)).isNegative();
        assertThat(ComputedDose.of(oneMore).compareTo(dose)).isPositive();
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({"meq/h, mmol/h", "mg/h, [iU]/h", "mg/kg/h, mg/h", "mg/kg, mg/m2", "mg, mg/h"})
    void doses_of_different_kinds_never_compare(String one, String other) {
        assertThat(Dose.of("1", one).comparesWith(Dose.of("1", other))).isFalse();
        assertThatThrownBy(() -> Dose.of("1", one).compareTo(Dose.of("1", other)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ComputedDose.of(Dose.of("1", one)).compareTo(Dose.of("1", other)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_does_not_belong_together_is_not_computed() {
        var bag = concentration("400", "mg", "250");
        var whole = new DosingBasis.WholePatient();
        var byWeight = new DosingBasis.ByWeight(Weight.ofKilograms("70"));
        var bySurface = new DosingBasis.BySurface(new BodySurface(18_000));

        assertRefused(() -> ComputedRate.ofDose(Dose.of("1", "mg"), bag, whole));
        assertRefused(() -> ComputedRate.ofDose(Dose.of("1", "[iU]/h"), bag, whole));
        assertRefused(() -> ComputedRate.ofDose(Dose.of("1", "mg/kg/h"), bag, whole));
        assertRefused(() -> ComputedRate.ofDose(Dose.of("1", "mg/kg/h"), bag, bySurface));
        assertRefused(() -> ComputedRate.ofDose(Dose.of("1", "mg/m2/h"), bag, byWeight));
        assertRefused(() -> ComputedRate.ofDose(Dose.of("1", "mg/m2/h"), bag, whole));
        assertRefused(() -> ComputedRate.ofVolume(Volume.ofMillilitres("1"), Duration.ZERO));
        assertRefused(() -> ComputedVolume.holding(Dose.of("1", "mg/h"), bag, whole));
        assertRefused(() -> ComputedVolume.holding(Dose.of("1", "meq"), bag, whole));
        assertRefused(() -> ComputedDose.delivered(
                FlowRate.ZERO, bag, whole, Dose.of("1", "mg").unit()));
        assertRefused(() -> ComputedDose.delivered(
                FlowRate.ZERO, bag, whole, Dose.of("1", "meq/h").unit()));
        assertRefused(() -> ComputedDose.contained(
                Volume.ZERO, bag, whole, Dose.of("1", "mg/h").unit()));
        assertRefused(() -> bag.printPerMillilitre(AmountUnit.UNIT));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable computation) {
        assertThatThrownBy(computation).isInstanceOf(IllegalArgumentException.class);
    }

    private static Concentration concentration(String amount, String ucum, String millilitres) {
        return new Concentration(
                Amount.of(amount, AmountUnit.ofUcum(ucum).orElseThrow()), Volume.ofMillilitres(millilitres));
    }

    private static DosingBasis basis(Dose dose, String kilograms) {
        return dose.unit().per() == DoseUnit.Per.KILOGRAM
                ? new DosingBasis.ByWeight(Weight.ofKilograms(kilograms))
                : new DosingBasis.WholePatient();
    }
}
