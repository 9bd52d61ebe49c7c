package io.venule.dose;

import static io.venule.dose.ProgramFixture.continuous;
import static io.venule.dose.ProgramFixture.limits;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.druglibrary.Dosing.Bolus;
import io.venule.druglibrary.LibraryEntry;
import io.venule.druglibrary.Limits;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import io.venule.quantity.DosingBasis;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bolus from the running bag: 50 to 100 mg softly, 200 mg hard, at up to 0.6 mg/min softly and 1.2 mg/min hard; 1 mg/mL. */
class BolusCheckTest {
    private static final ProgramFixture BAG =
            continuous("1", "mg/h", "1", "mg", "1").infusing("500");

    @Test
    void a_bolus_inside_its_limits_is_a_volume_at_a_rate() {
        var verdict = BolusCheck.check(allowing(), Dose.of("60", "mg"), rate("36"));

        assertThat(codes(verdict)).isEmpty();
        assertThat(volume(verdict)).isEqualTo(Volume.ofMillilitres("60"));
        assertThat(((BolusCheck.Verdict.Computed) verdict).arithmetic())
                .isEqualTo("60 mg ÷ 1 mg/mL = 60 mL → pump 60 mL at 36 mL/h");
    }

    @ParameterizedTest(name = "{0} mg at {1} mL/h: {2}")
    @CsvSource({
        "50, 36, ''",
        "49.999, 36, bolus-dose.soft-low",
        "100, 36, ''",
        "100.001, 36, bolus-dose.soft-high",
        "200, 36, bolus-dose.soft-high",
        "200.001, 36, bolus-dose.hard-high",
        "60, 36.1, bolus-rate.soft-high",
        "60, 72, bolus-rate.soft-high",
        "60, 72.1, bolus-rate.hard-high",
        "60, 0.05, rate.hard-low",
        "60, 30.05, rate.not-settable"
    })
    void every_bolus_limit_holds_at_its_boundary(String dose, String rate, String code) {
        var verdict = BolusCheck.check(allowing(), Dose.of(dose, "mg"), rate(rate));

        assertThat(codes(verdict)).isEqualTo(code.isEmpty() ? List.of() : List.of(code));
    }

    @Test
    void a_bolus_that_is_not_allowed_or_not_comparable_or_not_computable_is_refused() {
        var perKilogram = new Bolus.Allowed(
                unit("mg/kg"), limits("", "", "1", "", value -> Dose.of(value, "mg/kg")), Limits.none());

        assertThat(codes(BolusCheck.check(BAG.program(), Dose.of("60", "mg"), rate("36"))))
                .containsExactly("bolus.not-allowed");
        assertThat(codes(BolusCheck.check(allowing(), Dose.of("60", "[iU]"), rate("36"))))
                .containsExactly("unit.differs");
        assertThat(codes(BolusCheck.check(with(BAG.unweighed(), perKilogram), Dose.of("1", "mg/kg"), rate("36"))))
                .containsExactly("weight.missing");
        assertThat(volume(BolusCheck.check(with(BAG, perKilogram), Dose.of("1", "mg/kg"), rate("36"))))
                .isEqualTo(Volume.ofMillilitres("70"));
        assertThat(codes(BolusCheck.check(with(BAG, perKilogram), Dose.of("0", "mg/kg"), rate("36"))))
                .containsExactly("volume.differs");
    }

    /** DOMAIN R8: 0.6 mg/min at 1 mg/mL is 36 mL/h; the soft limit counts, then the hard one, and never more than the profile allows. */
    @Test
    void the_fastest_bolus_is_the_soft_limit_and_never_more_than_the_caps() {
        var hardOnly = new Bolus.Allowed(
                unit("mg"), Limits.none(), limits("", "", "", "1.2", value -> Dose.of(value, "mg/min")));
        var unlimited = new Bolus.Allowed(unit("mg"), Limits.none(), Limits.none());

        assertThat(BolusCheck.fastest(allowing())).contains(rate("36"));
        assertThat(BolusCheck.fastest(with(BAG, hardOnly))).contains(rate("72"));
        assertThat(BolusCheck.fastest(with(BAG.rateLimits("", "", "", "50"), hardOnly)))
                .contains(rate("50"));
        assertThat(BolusCheck.fastest(with(BAG, unlimited))).contains(rate("999"));
        assertThat(BolusCheck.fastest(BAG.program())).isEmpty();
    }

    private static Program allowing() {
        return with(
                BAG,
                new Bolus.Allowed(
                        unit("mg"),
                        limits("", "50", "100", "200", value -> Dose.of(value, "mg")),
                        limits("", "", "0.6", "1.2", value -> Dose.of(value, "mg/min"))));
    }

    private static Program with(ProgramFixture fixture, Bolus bolus) {
        var program = fixture.program();
        var old = program.entry();
        var entry = new LibraryEntry(
                old.id(),
                old.drug(),
                old.careArea(),
                old.therapy(),
                old.dosing(),
                old.strength(),
                old.rate(),
                old.weight(),
                bolus,
                old.usual(),
                old.source(),
                old.basis());
        return new Program(program.order(), program.body(), program.pump(), entry, program.area());
    }

    private static List<String> codes(BolusCheck.Verdict verdict) {
        return switch (verdict) {
            case BolusCheck.Verdict.Computed computed ->
                computed.breaches().stream().map(Breach::code).toList();
            case BolusCheck.Verdict.NotComputed(var breaches) ->
                breaches.stream().map(Breach::code).toList();
        };
    }

    private static Volume volume(BolusCheck.Verdict verdict) {
        return ((BolusCheck.Verdict.Computed) verdict).given().volume();
    }

    @Test
    void a_bolus_without_a_rate_of_its_own_goes_as_fast_as_is_allowed() {
        var verdict = (BolusCheck.Verdict.Computed) BolusCheck.check(allowing(), Dose.of("60", "mg"));

        assertThat(verdict.breaches()).isEmpty();
        assertThat(verdict.rate()).isEqualTo(rate("36"));
    }

    @Test
    void what_dose_or_speed_are_counted_by_goes_with_the_volume() {
        var perKilogram = new Bolus.Allowed(
                unit("mg/kg"), limits("", "", "1", "", value -> Dose.of(value, "mg/kg")), Limits.none());
        var speedPerKilogram = new Bolus.Allowed(
                unit("mg"), Limits.none(), limits("", "", "1", "", value -> Dose.of(value, "mg/kg/min")));

        assertThat(size(BolusCheck.check(allowing(), Dose.of("60", "mg"))))
                .isInstanceOf(DosingBasis.WholePatient.class);
        assertThat(size(BolusCheck.check(with(BAG, perKilogram), Dose.of("1", "mg/kg"))))
                .isInstanceOf(DosingBasis.ByWeight.class);
        assertThat(size(BolusCheck.check(with(BAG, speedPerKilogram), Dose.of("1", "mg"))))
                .isInstanceOf(DosingBasis.ByWeight.class);
    }

    private static DosingBasis size(BolusCheck.Verdict verdict) {
        return ((BolusCheck.Verdict.Computed) verdict).given().size();
    }

    private static DoseUnit unit(String ucum) {
        return DoseUnit.ofUcum(ucum).orElseThrow();
    }

    private static FlowRate rate(String millilitresPerHour) {
        return FlowRate.ofMillilitresPerHour(millilitresPerHour);
    }
}
