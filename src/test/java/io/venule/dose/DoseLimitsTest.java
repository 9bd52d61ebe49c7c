package io.venule.dose;

import static io.venule.dose.ProgramFixture.ICU;
import static io.venule.dose.ProgramFixture.continuous;
import static io.venule.dose.ProgramFixture.fluid;
import static io.venule.dose.ProgramFixture.intermittent;
import static io.venule.dose.ProgramFixture.limits;
import static io.venule.dose.ProgramFixture.mix;
import static io.venule.dose.ProgramFixture.rates;
import static io.venule.dose.ProgramFixture.volumes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.Limits;
import io.venule.prescription.Prescription.Mixture;
import io.venule.prescription.Regimen;
import io.venule.pump.PumpModel;
import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Weight;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every limit one step below, on, and one step above; and what cannot be judged at all. */
class DoseLimitsTest {
    private static final List<String> FOUR = List.of("hard-low", "soft-low", "soft-high", "hard-high");

    /** What is judged; its four limits with the next value outside each; how a program with that value is made. */
    static Stream<Arguments> limitsAndTheirNeighbours() {
        return Stream.of(
                neighbours(
                        "dose-rate",
                        "2 4 6 8",
                        "1.999999999 3.999999999 6.000000001 8.000000001",
                        value -> continuous(value, "ug/kg/min", "400", "mg", "250")
                                .doseLimits("ug/kg/min", "2", "4", "6", "8")),
                neighbours(
                        "total-dose",
                        "0.2 0.4 0.6 0.8",
                        "0.199 0.399 0.601 0.801",
                        value -> intermittent(value, "g", mix("1", "mg", "1"), 60)
                                .infusing(String.valueOf(milligrams(value)))
                                .doseLimits("mg", "200", "400", "600", "800")),
                neighbours(
                        "duration",
                        "20 40 60 80",
                        "19 39 61 81",
                        value -> intermittent("100", "mg", mix("1", "mg", "1"), Long.parseLong(value))
                                .infusing("100")
                                .durationLimits("20", "40", "60", "80")),
                neighbours(
                        "concentration",
                        "2 4 6 8",
                        "1.999999 3.999999 6.000001 8.000001",
                        value -> continuous("1", "mg/h", value, "mg", "1")
                                .infusing("50")
                                .on(PumpModel.SYRINGE)
                                .doseLimits("mg/h", "", "", "", "")
                                .strength(new Dosing.Strength.Custom(
                                        limits("2", "4", "6", "8", text -> mix(text, "mg", "1"))))),
                neighbours(
                        "rate",
                        "20 40 60 80",
                        "19.9 39.9 60.1 80.1",
                        value -> fluid(value).rateLimits("20", "40", "60", "80")),
                neighbours(
                        "rate",
                        "20 40 60 80",
                        "19.9 39.9 60.1 80.1",
                        value -> fluid(value).in(area(rates("20", "40", "60", "80"), Limits.none(), Limits.none()))),
                neighbours(
                        "rate",
                        "20 40 60 80",
                        "19.999 39.999 60.1 80.1",
                        value -> continuous(value, "mg/h", "1", "mg", "1")
                                .infusing("50")
                                .rateLimits("20", "40", "60", "80")),
                neighbours(
                        "weight",
                        "20 40 60 80",
                        "19.999 39.999 60.001 80.001",
                        value -> fluid("100").weighing(value).weightLimits("20", "40", "60", "80")),
                neighbours(
                        "weight",
                        "20 40 60 80",
                        "19.999 39.999 60.001 80.001",
                        value -> fluid("100")
                                .weighing(value)
                                .in(area(
                                        Limits.none(),
                                        limits("20", "40", "60", "80", Weight::ofKilograms),
                                        Limits.none()))),
                neighbours(
                        "to-infuse",
                        "20 40 60 80",
                        "19.999 39.999 60.001 80.001",
                        value -> fluid("100")
                                .infusing(value)
                                .in(area(Limits.none(), Limits.none(), volumes("20", "40", "60", "80")))));
    }

    private static Arguments neighbours(
            String judged, String limits, String beyond, Function<String, ProgramFixture> program) {
        return arguments(judged, List.of(limits.split(" ")), List.of(beyond.split(" ")), program);
    }

    private static long milligrams(String grams) {
        return Fraction.of(grams).times(Fraction.of(1_000)).floor().longValueExact();
    }

    private static CareArea area(
            Limits<FlowRate> rate, Limits<Weight> weight, Limits<io.venule.quantity.Volume> toInfuse) {
        return new CareArea("adult-icu", "Adult ICU", rate, weight, toInfuse, ICU.keepVeinOpen());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("limitsAndTheirNeighbours")
    void a_value_equal_to_a_limit_is_inside_and_the_next_one_is_outside(
            String judged, List<String> limits, List<String> beyond, Function<String, ProgramFixture> program) {
        for (int i = 0; i < 4; i++) {
            var on = codes(program.apply(limits.get(i)));
            var outside = codes(program.apply(beyond.get(i)));

            assertThat(on).doesNotContain(judged + "." + FOUR.get(i));
            assertThat(outside).containsExactly(judged + "." + FOUR.get(i));
        }
        assertThat(codes(program.apply(limits.get(1)))).isEmpty();
        assertThat(codes(program.apply(limits.get(2)))).isEmpty();
    }

    @ParameterizedTest(name = "{0} mL/h")
    @CsvSource({"998, true", "999, true", "1000, false", "0.1, true", "0.2, true", "0.099, false", "0, false"})
    void a_rate_must_lie_in_the_range_of_the_pump(String rate, boolean possible) {
        var result = fluid(rate)
                .in(area(Limits.none(), Limits.none(), Limits.none()))
                .judged();

        assertThat(result.isHard()).isEqualTo(!possible);
        assertThat(result.outcome() instanceof Evaluation.Outcome.Computed).isEqualTo(possible);
    }

    @Test
    void five_thousand_is_above_the_hard_limit_of_999() {
        var result = fluid("5000").judged();

        assertThat(result.breaches())
                .extracting(Breach::sentence)
                .anyMatch(sentence -> sentence.contains("5,000 mL/h is above the hard limit of 999 mL/h"));
    }

    /** DOMAIN, "Rounding nuisance": amiodarone 0.5 mg/min, of which the pump delivers 0.498. */
    @Test
    void rounding_down_to_the_pumps_step_makes_no_alarm_on_the_low_side() {
        var amiodarone = continuous("0.5", "mg/min", "360", "mg", "200").doseLimits("mg/min", "", "0.5", "1", "");
        var less = continuous("0.499999999", "mg/min", "360", "mg", "200").doseLimits("mg/min", "", "0.5", "1", "");

        assertThat(codes(amiodarone)).isEmpty();
        assertThat(amiodarone.judged().outcome())
                .isInstanceOfSatisfying(Evaluation.Outcome.Computed.class, computed -> {
                    assertThat(computed.numbers().rate()).isEqualTo(FlowRate.ofMillilitresPerHour("16.6"));
                    assertThat(computed.numbers().deliveredShown()).contains(Dose.of("0.498", "mg/min"));
                });
        assertThat(codes(less)).containsExactly("dose-rate.soft-low");
    }

    @ParameterizedTest(name = "a low limit of {0} mL/h: {1}")
    @CsvSource({"25,inside", "25.1,inside", "25.11,below", "25.19,below", "25.2,below"})
    void a_rate_is_judged_on_the_low_side_as_the_pump_will_deliver_it(String limit, String verdict) {
        // both ask for 25.19 mL/h, of which a pump with steps of 0.1 delivers 25.1
        var derived = continuous("25.19", "mg/h", "1", "mg", "1").infusing("50").rateLimits(limit, "", "", "");
        var fluid = fluid("25.19").in(area(rates(limit, "", "", ""), Limits.none(), Limits.none()));

        var expected = verdict.equals("below") ? List.of("rate.hard-low") : List.<String>of();
        assertThat(codes(derived)).isEqualTo(expected);
        assertThat(codes(fluid)).isEqualTo(expected);
    }

    @Test
    void a_derived_rate_is_judged_on_the_high_side_as_the_pump_will_deliver_it() {
        var justAbove =
                continuous("25.09", "mg/h", "1", "mg", "1").infusing("50").rateLimits("", "", "", "25");
        var oneStepAbove =
                continuous("25.1", "mg/h", "1", "mg", "1").infusing("50").rateLimits("", "", "", "25");

        assertThat(codes(justAbove)).isEmpty();
        assertThat(codes(oneStepAbove)).containsExactly("rate.hard-high");
    }

    @Test
    void a_step_too_coarse_for_a_neonate_is_a_soft_breach_and_a_fine_one_is_not() {
        var neonate = continuous("5", "ug/kg/min", "400", "mg", "250").weighing("0.8");

        assertThat(neonate.judged().breaches())
                .extracting(Breach::sentence)
                .containsExactly("This pump can be set to 0.1 mL/h, not to the 0.15 mL/h that the order needs:"
                        + " it would give 34 % less.");
        assertThat(neonate.judged().isHard()).isFalse();
        assertThat(codes(neonate.on(PumpModel.SYRINGE).infusing("50"))).isEmpty();
        assertThat(codes(continuous("1.099", "mg/h", "1", "mg", "1"))).containsExactly("pump-step.soft");
        assertThat(codes(continuous("1.999", "mg/h", "1", "mg", "1"))).isEmpty();
        assertThat(codes(continuous("2", "mg/h", "1", "mg", "1"))).isEmpty();
    }

    @Test
    void a_dose_by_weight_or_surface_without_one_on_record_is_refused() {
        var byWeight = continuous("5", "ug/kg/min", "400", "mg", "250");
        var bySurface = intermittent("75", "mg/m2", mix("1", "mg", "1"), 60);

        assertThat(codes(byWeight.unweighed())).containsExactly("weight.missing");
        assertThat(codes(bySurface.unweighed())).contains("surface.missing");
        assertThat(codes(bySurface.weighing("70"))).contains("surface.missing");
        assertThat(codes(bySurface.measuring("70", 18_000).infusing("135"))).isEmpty();
        assertThat(codes(fluid("100").weightLimits("", "", "40", ""))).containsExactly("weight.missing");
        assertThat(byWeight.unweighed().judged().outcome()).isInstanceOf(Evaluation.Outcome.NotComputed.class);
    }

    @Test
    void what_is_ordered_another_way_than_the_entry_doses_is_refused() {
        var bag = mix("1", "mg", "1");
        var perTime = new Regimen.Continuous(Dose.of("1", "mg/h"));
        var total = new Regimen.Intermittent(Dose.of("100", "mg"), Duration.ofHours(1));
        var rate = new Regimen.Fluid(FlowRate.ofMillilitresPerHour("100"));
        var continuous = continuous("1", "mg/h", "1", "mg", "1");
        var intermittent = intermittent("100", "mg", bag, 60).infusing("100");

        assertThat(codes(continuous.ordering(total))).containsExactly("dosing.differs");
        assertThat(codes(continuous.ordering(rate))).containsExactly("dosing.differs");
        assertThat(codes(intermittent.ordering(perTime))).containsExactly("dosing.differs");
        assertThat(codes(intermittent.ordering(rate))).containsExactly("dosing.differs");
        assertThat(codes(fluid("100").from(new Mixture.DrugInVolume(bag)).ordering(perTime)))
                .containsExactlyInAnyOrder("dosing.differs", "strength.differs");
    }

    @ParameterizedTest(name = "ordered in {0}, limited in {1}")
    @CsvSource({"meq/h, mmol/h", "mg/h, [iU]/h", "mg/kg/h, mg/h", "mg/h, mg/kg/h", "mg/m2/h, mg/kg/h"})
    void units_that_do_not_compare_are_refused(String ordered, String limited) {
        var program = continuous("1", ordered, "1", ordered.split("/", -1)[0], "1")
                .measuring("70", 18_000)
                .infusing("50")
                .doseLimits(limited, "", "", "", "5");

        assertThat(codes(program)).containsExactly("unit.differs");
    }

    @Test
    void a_dose_that_the_bag_does_not_count_is_refused() {
        var program = continuous("1", "mmol/h", "1", "meq", "1").infusing("50");

        assertThat(codes(program)).containsExactly("unit.differs");
    }

    @Test
    void another_strength_than_the_entrys_is_refused() {
        var ordered = continuous("5", "ug/kg/min", "400", "mg", "250");
        var none = new Dosing.Strength.None();

        assertThat(codes(ordered.strength(new Dosing.Strength.Fixed(mix("800", "mg", "250")))))
                .containsExactly("strength.differs");
        assertThat(codes(ordered.strength(new Dosing.Strength.Fixed(mix("800", "mg", "500")))))
                .isEmpty();
        assertThat(codes(ordered.strength(none))).containsExactly("strength.differs");
        assertThat(codes(ordered.from(new Mixture.PlainFluid()))).containsExactly("strength.differs");
        assertThat(codes(ordered.from(new Mixture.PlainFluid()).strength(none))).containsExactly("strength.differs");
        assertThat(codes(fluid("100").strength(new Dosing.Strength.Fixed(mix("10", "meq", "100")))))
                .containsExactly("strength.differs");
        var meqPerMl = limits("", "", "1", "", text -> mix(text, "meq", "1"));
        assertThat(codes(ordered.strength(new Dosing.Strength.Custom(meqPerMl))))
                .containsExactly("strength.differs");
    }

    @ParameterizedTest(name = "{0} mL hold 100 mg: {1}")
    @CsvSource({"100, true", "99.999, true", "99.901, true", "99.9, false", "100.001, false", "50, false", "0, false"})
    void the_volume_of_an_intermittent_dose_holds_the_dose(String millilitres, boolean holds) {
        var program = intermittent("100", "mg", mix("1", "mg", "1"), 60).infusing(millilitres);

        assertThat(codes(program)).isEqualTo(holds ? List.of() : List.of("volume.differs"));
    }

    @ParameterizedTest(name = "{0} mg of 1 mg/mL in {1} mL: {2}")
    @CsvSource({"5, 4.991, true", "5, 4.99, false", "2000, 1999.001, true", "2000, 1999, false"})
    void what_may_be_missing_is_one_step_of_the_volume_setting(String dose, String millilitres, boolean holds) {
        var program = intermittent(dose, "mg", mix("1", "mg", "1"), 300)
                .on(Integer.parseInt(dose) > 60 ? PumpModel.LARGE_VOLUME : PumpModel.SYRINGE)
                .infusing(millilitres);

        assertThat(codes(program)).isEqualTo(holds ? List.of() : List.of("volume.differs"));
    }

    /** The largest syringe that such pumps take holds 60 mL; of a bag, four digits can be set. */
    @ParameterizedTest(name = "{1} mL on a {0} pump: {2}")
    @CsvSource({
        "syringe, 59.9, true",
        "syringe, 60, true",
        "syringe, 60.1, false",
        "syringe, 100, false",
        "large-volume, 9998, true",
        "large-volume, 9999, true",
        "large-volume, 10000, false"
    })
    void a_pump_infuses_what_it_can_take_up(String model, String millilitres, boolean fits) {
        var program = fluid("50")
                .on(model.equals("syringe") ? PumpModel.SYRINGE : PumpModel.LARGE_VOLUME)
                .infusing(millilitres);

        assertThat(codes(program)).isEqualTo(fits ? List.of() : List.of("to-infuse.hard-high"));
    }

    @Test
    void what_only_this_pump_cannot_do_another_may() {
        var inSyringe = fluid("50").on(PumpModel.SYRINGE).infusing("100");
        var tooFast = inSyringe.rateLimits("", "", "", "40");

        assertThat(remedy(inSyringe)).isEqualTo("Take a pump that can do this, and scan its tag.");
        assertThat(remedy(tooFast)).isEqualTo("Ask the prescriber or the pharmacist.");
    }

    private static String remedy(ProgramFixture program) {
        return new DoseVerdict.OutsideHardLimits(program.judged().breaches(), "").remedy();
    }

    @Test
    void every_breach_is_reported_at_once_and_the_hard_ones_come_first() {
        var program = continuous("25", "ug/kg/min", "400", "mg", "250")
                .weighing("300")
                .doseLimits("ug/kg/min", "", "0.9", "20", "30")
                .weightLimits("", "", "200", "250");

        var codes = codes(program);

        assertThat(codes).containsExactly("weight.hard-high", "dose-rate.soft-high");
    }

    @Test
    void the_same_limit_of_entry_and_care_area_is_reported_once() {
        var program = fluid("600")
                .rateLimits("", "", "500", "")
                .in(area(rates("", "", "500", ""), Limits.none(), Limits.none()));

        assertThat(program.judged().breaches())
                .extracting(Breach::sentence)
                .containsExactly("Rate 600 mL/h is above the soft limit of 500 mL/h.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | mg/h | 1 mg/mL | 3 mg/h ÷ 1 mg/mL = 3 mL/h → pump 3 mL/h",
                "24 | mg/d | 1 mg/mL | 24 mg/day ÷ 24 h/day ÷ 1 mg/mL = 1 mL/h → pump 1 mL/h",
                "20 | mg/m2/h | 1 mg/mL | 20 mg/m²/h × 1.8 m² ÷ 1 mg/mL = 36 mL/h → pump 36 mL/h"
            })
    void the_arithmetic_reads_as_on_paper(String dose, String unit, String strength, String words) {
        var program =
                continuous(dose, unit, "1", "mg", "1").measuring("70", 18_000).infusing("50");

        assertThat(strength).startsWith("1");
        assertThat(program.judged().outcome())
                .isInstanceOfSatisfying(
                        Evaluation.Outcome.Computed.class,
                        computed -> assertThat(computed.numbers().arithmetic()).isEqualTo(words));
    }

    @Test
    void the_arithmetic_of_volumes_and_fluids_reads_as_on_paper() {
        var bag = mix("1", "g", "50");

        assertThat(arithmetic(intermittent("1", "g", bag, 30)))
                .isEqualTo("50 mL ÷ 30 min × 60 min/h = 100 mL/h → pump 100 mL/h");
        assertThat(arithmetic(intermittent("1", "g", bag, 30)
                        .ordering(new Regimen.Intermittent(Dose.of("1", "g"), Duration.ofSeconds(1_801)))))
                .isEqualTo("50 mL ÷ 1,801 s × 3,600 s/h ≈ 99.9445 mL/h → pump 99.9 mL/h");
        assertThat(arithmetic(fluid("100"))).isEqualTo("100 mL/h → pump 100 mL/h");
    }

    private static String arithmetic(ProgramFixture program) {
        return switch (program.judged().outcome()) {
            case Evaluation.Outcome.Computed(var numbers) -> numbers.arithmetic();
            case Evaluation.Outcome.NotComputed(var arithmetic) -> arithmetic;
        };
    }

    private static List<String> codes(ProgramFixture program) {
        return program.judged().breaches().stream().map(Breach::code).toList();
    }
}
