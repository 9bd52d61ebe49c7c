package io.venule.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a quantity may be, how it reads and prints, and the ends of each range. */
class QuantityBoundsTest {
    private static final long SEED = 20_261_121L;

    static LongStream seeds() {
        return new SplittableRandom(SEED).longs(500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_printed_canonically_parses_to_the_same_number(long seed) {
        var random = new SplittableRandom(seed);
        var digits = random.nextInt(1, 19);
        var bound = Decimal.powerOfTen(Math.min(digits, 17));
        var decimal = new Decimal(random.nextLong(bound), random.nextInt(Decimal.MAX_SCALE + 1));

        assertThat(Decimal.parse(decimal.canonical())).contains(decimal);
        assertThat(Decimal.parse(decimal.print().replace(",", ""))).contains(decimal);
        assertThat(decimal.canonical()).doesNotMatch(".*\\.[0-9]*0").doesNotMatch("0[0-9].*|\\..*");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decimals_order_as_their_numbers_do(long seed) {
        var random = new SplittableRandom(seed);
        var one = new Decimal(random.nextLong(1_000_000), random.nextInt(6));
        var other = new Decimal(random.nextLong(1_000_000), random.nextInt(6));

        var expected = new java.math.BigDecimal(one.canonical()).compareTo(new java.math.BigDecimal(other.canonical()));

        assertThat(Integer.signum(one.compareTo(other))).isEqualTo(expected);
        assertThat(Integer.signum(Ratio.of(one).compareTo(Ratio.of(other)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".5",
                "5.",
                "0.50",
                "00.5",
                "01",
                "+1",
                "-1",
                "1e3",
                "1,000",
                " 1",
                "1 ",
                "0.0000000001",
                "1234567890123456789",
                "NaN",
                "١",
                "0x1",
                "1.0"
            })
    void anything_but_a_canonical_decimal_is_refused(String text) {
        assertThat(Decimal.parse(text)).isEmpty();
        assertThatThrownBy(() -> Decimal.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_decimal_has_at_most_18_digits_and_nine_after_the_point() {
        assertThat(Decimal.parse("999999999999999999")).contains(new Decimal(999_999_999_999_999_999L, 0));
        assertThat(Decimal.parse("123456789.123456789")).isPresent();
        assertThat(Decimal.parse("1234567890.123456789")).isEmpty();
        assertRefused(_ -> new Decimal(1_000_000_000_000_000_000L, 0), 0);
        assertRefused(_ -> new Decimal(-1, 0), 0);
        assertRefused(_ -> new Decimal(1, 10), 0);
        assertRefused(_ -> new Decimal(1, -1), 0);
        assertThat(Decimal.of("0.125").fitsScale(3)).isTrue();
        assertThat(Decimal.of("0.125").fitsScale(2)).isFalse();
        assertThat(Decimal.of("0.125").scaledBy(4)).isEqualTo(1_250);
        assertThatThrownBy(() -> Decimal.of("0.125").scaledBy(2)).isInstanceOf(ArithmeticException.class);
        assertThat(Decimal.of("1234567.5").print()).isEqualTo("1,234,567.5");
        assertThat(Decimal.of("999").print()).isEqualTo("999");
        assertThat(Decimal.of("1000")).hasToString("1000");
    }

    @Test
    void each_quantity_holds_its_range_and_nothing_beyond() {
        assertHolds(FlowRate::new, 0, 9_999_000);
        assertHolds(Volume::new, 0, 99_999_000);
        assertHolds(Weight::new, 1, 999_000);
        assertHolds(BodySurface::new, 1, 50_000);
    }

    private static void assertHolds(LongFunction<?> of, long least, long most) {
        assertRefused(of, least - 1);
        assertThat(of.apply(least)).isNotNull();
        assertThat(of.apply(least + 1)).isNotNull();
        assertThat(of.apply(most - 1)).isNotNull();
        assertThat(of.apply(most)).isNotNull();
        assertRefused(of, most + 1);
    }

    private static void assertRefused(LongFunction<?> of, long value) {
        assertThatThrownBy(() -> of.apply(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void quantities_print_for_people_with_unit_and_commas() {
        assertThat(FlowRate.ofMillilitresPerHour("1200").print()).isEqualTo("1,200 mL/h");
        assertThat(Volume.ofMillilitres("0.05").print()).isEqualTo("0.05 mL");
        assertThat(Weight.ofKilograms("0.8").print()).isEqualTo("0.8 kg");
        assertThat(Amount.of("25000", AmountUnit.UNIT).print()).isEqualTo("25,000 unit");
        assertThat(Dose.of("5", "ug/kg/min").print()).isEqualTo("5 mcg/kg/min");
        assertThat(Dose.of("75", "mg/m2").print()).isEqualTo("75 mg/m²");
        assertThat(Dose.of("1", "g/kg/d").print()).isEqualTo("1 g/kg/day");
        var bag = new Concentration(Amount.of("400", AmountUnit.MILLIGRAM), Volume.ofMillilitres("250"));
        assertThat(bag.print()).isEqualTo("400 mg in 250 mL");
        assertThat(bag.printPerMillilitre(AmountUnit.MICROGRAM)).isEqualTo("1,600 mcg/mL");
        var thirds = new Concentration(Amount.of("1", AmountUnit.MILLIGRAM), Volume.ofMillilitres("3"));
        assertThat(thirds.printPerMillilitre(AmountUnit.MICROGRAM)).isEqualTo("≈ 333.333 mcg/mL");
    }

    @Test
    void each_dose_unit_is_found_by_its_ucum_code_and_nothing_else_is() {
        for (var amount : AmountUnit.values()) {
            assertThat(AmountUnit.ofUcum(amount.ucum())).contains(amount);
            for (var per : DoseUnit.Per.values()) {
                for (var time : DoseUnit.Time.values()) {
                    var unit = new DoseUnit(amount, per, time);
                    assertThat(DoseUnit.ofUcum(unit.ucum())).contains(unit);
                    assertThat(unit.isRate()).isEqualTo(time != DoseUnit.Time.TOTAL);
                }
            }
        }
        assertThat(DoseUnit.ofUcum("mcg/kg/min")).isEmpty();
        assertThat(DoseUnit.ofUcum("ug/min/kg")).isEmpty();
        assertThat(DoseUnit.ofUcum("")).isEmpty();
        assertThat(AmountUnit.ofUcum("U")).isEmpty();
        assertThatThrownBy(() -> Dose.of("1", "mL")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_concentration_has_drug_and_volume_and_compares_by_strength() {
        var four = new Concentration(Amount.of("4", AmountUnit.MILLIGRAM), Volume.ofMillilitres("250"));
        var eight = new Concentration(Amount.of("8000", AmountUnit.MICROGRAM), Volume.ofMillilitres("500"));
        var more = new Concentration(Amount.of("8001", AmountUnit.MICROGRAM), Volume.ofMillilitres("500"));
        var units = new Concentration(Amount.of("4", AmountUnit.UNIT), Volume.ofMillilitres("250"));

        assertThat(four.sameStrengthAs(eight)).isTrue();
        assertThat(four.sameStrengthAs(more)).isFalse();
        assertThat(four.sameStrengthAs(units)).isFalse();
        assertThat(four).isLessThan(more);
        assertThatThrownBy(() -> four.compareTo(units)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Concentration(Amount.of("0", AmountUnit.UNIT), Volume.ofMillilitres("1")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Concentration(Amount.of("1", AmountUnit.UNIT), Volume.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        Amount.of("1", AmountUnit.MILLIEQUIVALENT).compareTo(Amount.of("1", AmountUnit.MILLIMOLE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_computed_rate_beyond_every_flow_rate_has_no_flow_rate() {
        var bag = new Concentration(Amount.of("1", AmountUnit.MILLIGRAM), Volume.ofMillilitres("1"));
        var whole = new DosingBasis.WholePatient();

        assertThat(ComputedRate.ofDose(Dose.of("9999", "mg/h"), bag, whole).roundedDown())
                .contains(FlowRate.MAX);
        assertThat(ComputedRate.ofDose(Dose.of("9999.000001", "mg/h"), bag, whole)
                        .roundedDown())
                .isEmpty();
        assertThat(ComputedRate.ofDose(Dose.of("9998.999999", "mg/h"), bag, whole)
                        .roundedDown())
                .contains(new FlowRate(9_998_999));
        assertThat(ComputedVolume.holding(Dose.of("99999", "mg"), bag, whole).roundedDown())
                .contains(Volume.MAX);
        assertThat(ComputedVolume.holding(Dose.of("99999.000001", "mg"), bag, whole)
                        .roundedDown())
                .isEmpty();
    }

    @Test
    void what_the_eye_gets_is_rounded_half_up_and_marked_as_rounded() {
        assertThat(Ratio.of(1, 3).shown(4)).isEqualTo(Decimal.of("0.3333"));
        assertThat(Ratio.of(2, 3).shown(4)).isEqualTo(Decimal.of("0.6667"));
        assertThat(Ratio.of(12_345, 10_000).shown(4)).isEqualTo(Decimal.of("1.235"));
        assertThat(Ratio.of(12_344, 10_000).shown(4)).isEqualTo(Decimal.of("1.234"));
        assertThat(Ratio.of(1, 3_000).shown(4)).isEqualTo(Decimal.of("0.0003333"));
        assertThat(Ratio.of(0, 1).shown(4)).isEqualTo(Decimal.ZERO);
        assertThat(Ratio.of(1_234_567, 1).shown(4)).isEqualTo(Decimal.of("1234567"));
        assertThat(Ratio.of(Long.MAX_VALUE, 1).shown(4)).isEqualTo(Decimal.of("999999999999999999"));
        assertThat(ComputedRate.ofVolume(Volume.ofMillilitres("50"), Duration.ofHours(3)))
                .hasToString("≈ 16.6667 mL/h");
        assertThat(ComputedRate.ofVolume(Volume.ofMillilitres("50"), Duration.ofMinutes(30)))
                .hasToString("= 100 mL/h");
        assertThatThrownBy(() -> Ratio.of(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ratio.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_shortfall_is_rounded_up_to_a_whole_per_cent() {
        var wanted = ComputedRate.of(FlowRate.ofMillilitresPerHour("2"));

        assertThat(wanted.shortfallPercent(FlowRate.ofMillilitresPerHour("2"))).isZero();
        assertThat(wanted.shortfallPercent(FlowRate.ofMillilitresPerHour("1.999")))
                .isEqualTo(1);
        assertThat(wanted.shortfallPercent(FlowRate.ofMillilitresPerHour("1.9")))
                .isEqualTo(5);
        assertThat(wanted.shortfallPercent(FlowRate.ofMillilitresPerHour("1.899")))
                .isEqualTo(6);
        assertThat(wanted.shortfallPercent(FlowRate.ZERO)).isEqualTo(100);
        assertThat(wanted.shortfallPercent(FlowRate.ofMillilitresPerHour("3"))).isZero();
    }

    @Test
    void mosteller_is_rounded_down_to_a_whole_square_centimetre() {
        assertThat(BodySurface.mosteller(1_700, Weight.ofKilograms("70"))).isEqualTo(new BodySurface(18_181));
        assertThat(BodySurface.mosteller(500, Weight.ofKilograms("0.8")).squareMetres())
                .isEqualTo(Decimal.of("0.1054"));
        assertThat(new BodySurface(18_181)).isGreaterThan(new BodySurface(18_180));
    }
}
