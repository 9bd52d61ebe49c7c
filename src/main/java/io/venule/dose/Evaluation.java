package io.venule.dose;

import io.venule.dose.Breach.BeyondLimit;
import io.venule.dose.Breach.Impossible;
import io.venule.dose.Breach.Origin;
import io.venule.dose.Breach.Why;
import io.venule.druglibrary.Bound;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.Dosing.Strength;
import io.venule.druglibrary.Limits;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.Prescription.Mixture;
import io.venule.prescription.Regimen;
import io.venule.quantity.ComputedDose;
import io.venule.quantity.ComputedRate;
import io.venule.quantity.ComputedVolume;
import io.venule.quantity.Concentration;
import io.venule.quantity.Dose;
import io.venule.quantity.DosingBasis;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Computes a program and judges it by every limit. What a person ordered (dose, duration, fluid rate against an upper limit) is judged as
 * ordered; a rate is judged as the pump will deliver it, which is never more than ordered, because it is rounded down. Rounding down makes no
 * alarm on a low dose, but a rate below its limit is below it. Source: docs/dose-rules.md.
 */
final class Evaluation {
    /** More than this much less than ordered is not "rounding" any more. */
    private static final int COARSE_PERCENT = 5;

    private final Program program;
    private final Findings findings = new Findings();

    private Evaluation(Program program) {
        this.program = program;
    }

    /**
     * What came of it.
     *
     * @param breaches the hard ones first
     */
    record Result(List<Breach> breaches, Outcome outcome) {
        boolean isHard() {
            return breaches.stream().anyMatch(Breach::isHard);
        }
    }

    /** Whether there is something that a pump could run. */
    sealed interface Outcome {
        record Computed(Numbers numbers) implements Outcome {}

        record NotComputed(String arithmetic) implements Outcome {}
    }

    static Result of(Program program) {
        return new Evaluation(program).result();
    }

    private Result result() {
        var misfits = Fit.misfits(program);
        findings.addAll(misfits);
        if (misfits.isEmpty()) {
            judgeDose();
            judgeVolumeOfDose();
        }
        judgeConcentration(misfits);
        judgeDuration();
        judgeWeight();
        judgeToInfuse();
        var outcome = Fit.basis(program)
                .filter(_ -> misfits.isEmpty())
                .map(this::computed)
                .orElseGet(() -> new Outcome.NotComputed(""));
        return new Result(findings.hardestFirst(), outcome);
    }

    private Outcome computed(DosingBasis basis) {
        var wanted = wanted(basis);
        var arithmetic = Arithmetic.of(program.order(), basis, wanted);
        var pump = program.pump();
        var settable =
                wanted.roundedDown().map(pump::settableAtOrBelow).filter(rate -> rate.compareTo(pump.highest()) <= 0);
        if (settable.isEmpty()) {
            beyondPump(LimitName.HARD_HIGH, wanted, pump.highest());
            judgeRate(wanted, wanted);
            return new Outcome.NotComputed(arithmetic + " → more than this pump can deliver");
        }
        var rate = settable.get();
        var delivered = ComputedRate.of(rate);
        if (rate.compareTo(pump.lowest()) < 0) {
            judgeRate(wanted, orderedOr(delivered));
            beyondPump(LimitName.HARD_LOW, wanted, pump.lowest());
            return new Outcome.NotComputed(arithmetic + " → less than this pump can deliver");
        }
        judgeRate(delivered, orderedOr(delivered));
        var percentLess = wanted.shortfallPercent(rate);
        if (percentLess > COARSE_PERCENT) {
            findings.add(new Breach.TooCoarse(Measures.of(wanted), Measures.of(rate), percentLess));
        }
        return new Outcome.Computed(
                new Numbers(basis, rate, given(rate, basis), arithmetic + " → pump " + rate.print()));
    }

    private ComputedRate wanted(DosingBasis basis) {
        return switch (program.order().regimen()) {
            case Regimen.Continuous(var dose) ->
                ComputedRate.ofDose(dose, concentration().orElseThrow(), basis);
            case Regimen.Intermittent intermittent ->
                ComputedRate.ofVolume(program.order().toInfuse(), intermittent.over());
            case Regimen.Fluid(var rate) -> ComputedRate.of(rate);
        };
    }

    /** On the high side a fluid's rate is judged as a person ordered it, which is never less; any other rate as it will be delivered. */
    private ComputedRate orderedOr(ComputedRate delivered) {
        return switch (program.order().regimen()) {
            case Regimen.Fluid(var rate) -> ComputedRate.of(rate);
            case Regimen.Continuous _, Regimen.Intermittent _ -> delivered;
        };
    }

    private Numbers.Given given(FlowRate rate, DosingBasis basis) {
        return switch (program.order().regimen()) {
            case Regimen.Continuous(var dose) ->
                new Numbers.Given.Drug(
                        ComputedDose.delivered(rate, concentration().orElseThrow(), basis, dose.unit()));
            case Regimen.Intermittent intermittent ->
                new Numbers.Given.Drug(ComputedDose.contained(
                        program.order().toInfuse(),
                        concentration().orElseThrow(),
                        basis,
                        intermittent.total().unit()));
            case Regimen.Fluid _ -> new Numbers.Given.Fluid();
        };
    }

    private Optional<Concentration> concentration() {
        return concentration(program);
    }

    static Optional<Concentration> concentration(Program program) {
        return switch (program.order().mixture()) {
            case Mixture.PlainFluid() -> Optional.empty();
            case Mixture.DrugInVolume(var concentration) -> Optional.of(concentration);
        };
    }

    private void beyondPump(LimitName name, ComputedRate wanted, FlowRate bound) {
        findings.add(new BeyondLimit(Judged.RATE, name, Measures.of(wanted), Measures.of(bound), Origin.PUMP));
    }

    private void judgeDose() {
        switch (program.entry().dosing()) {
            case Dosing.ContinuousDose continuous -> judgeDose(Judged.DOSE_RATE, continuous.limits());
            case Dosing.IntermittentDose intermittent -> judgeDose(Judged.TOTAL_DOSE, intermittent.limits());
            case Dosing.FluidRate() -> {}
        }
    }

    private void judgeDose(Judged judged, Limits<Dose> limits) {
        Ordered.dose(program.order().regimen())
                .ifPresent(dose -> findings.judge(judged, Origin.ENTRY, limits, exactly(dose, Measures::of)));
    }

    /** The volume must hold the ordered dose: never more, and less only by what one step of the volume setting leaves out. */
    private void judgeVolumeOfDose() {
        if (program.order().regimen() instanceof Regimen.Intermittent intermittent) {
            var dose = intermittent.total();
            var basis = Fit.basis(program).orElseThrow();
            var toInfuse = program.order().toInfuse();
            var needed = ComputedVolume.holding(dose, concentration().orElseThrow(), basis);
            if (needed.compareTo(toInfuse) < 0 || needed.compareTo(oneStepMore(toInfuse)) >= 0) {
                findings.add(new Impossible(
                        Why.VOLUME_DIFFERS,
                        "The ordered " + dose.print() + " is in " + needed.print() + ", but " + toInfuse.print()
                                + " are to be infused."));
            }
        }
    }

    /** Steps of a volume to be infused: 0.01 mL below 10, 0.1 below 1,000, 1 above. Source: DOMAIN, "Ranges and steps". */
    private static Volume oneStepMore(Volume volume) {
        var millilitre = 1_000L;
        var step = volume.microlitres() < 10 * millilitre
                ? millilitre / 100
                : volume.microlitres() < 1_000 * millilitre ? millilitre / 10 : millilitre;
        return new Volume(Math.min(volume.microlitres() + step, Volume.MAX.microlitres()));
    }

    private void judgeConcentration(List<Breach> misfits) {
        if (misfits.isEmpty() && program.entry().strength() instanceof Strength.Custom(var limits)) {
            concentration()
                    .ifPresent(ordered -> findings.judge(
                            Judged.CONCENTRATION,
                            Origin.ENTRY,
                            limits,
                            exactly(ordered, (Concentration c) -> Measures.of(c))));
        }
    }

    private void judgeDuration() {
        if (program.order().regimen() instanceof Regimen.Intermittent intermittent
                && program.entry().dosing() instanceof Dosing.IntermittentDose dosing) {
            var value = exactly(intermittent.over(), (Duration d) -> Measures.of(d));
            findings.judge(Judged.DURATION, Origin.ENTRY, dosing.duration(), value);
        }
    }

    /** Without a weight on record an entry with weight limits cannot be judged, so it is refused; a care area's caps are then not judged. */
    private void judgeWeight() {
        switch (program.body()) {
            case BodyMeasures.Unknown() -> {
                if (!program.entry().weight().equals(Limits.none())
                        && Fit.basis(program).isPresent()) {
                    findings.add(new Impossible(
                            Why.WEIGHT_MISSING,
                            "This entry is for patients of certain weights and there is no weight on record."));
                }
            }
            case BodyMeasures.Weighed(var weight) -> judgeWeight(weight);
            case BodyMeasures.WeighedAndMeasured both -> judgeWeight(both.weight());
        }
    }

    private void judgeWeight(Weight weight) {
        var value = exactly(weight, (Weight w) -> Measures.of(w));
        findings.judge(Judged.WEIGHT, Origin.ENTRY, program.entry().weight(), value);
        findings.judge(Judged.WEIGHT, Origin.CARE_AREA, program.area().weight(), value);
    }

    private void judgeToInfuse() {
        var value = exactly(program.order().toInfuse(), (Volume v) -> Measures.of(v));
        findings.judge(Judged.TO_INFUSE, Origin.CARE_AREA, program.area().toInfuse(), value);
        findings.judge(
                Judged.TO_INFUSE,
                Origin.PUMP,
                new Limits<>(
                        Bound.none(),
                        Bound.none(),
                        Bound.none(),
                        Bound.at(program.pump().most())),
                value);
    }

    private void judgeRate(ComputedRate low, ComputedRate high) {
        var value = new Findings.Value<FlowRate>(
                Measures.of(low),
                bound -> low.compareTo(ComputedRate.of(bound)) < 0,
                Measures.of(high),
                bound -> high.compareTo(ComputedRate.of(bound)) > 0,
                bound -> Measures.of(bound));
        findings.judge(Judged.RATE, Origin.ENTRY, program.entry().rate(), value);
        findings.judge(Judged.RATE, Origin.CARE_AREA, program.area().rate(), value);
    }

    /** A value that is compared as it is. */
    static <Q extends Comparable<Q>> Findings.Value<Q> exactly(Q value, java.util.function.Function<Q, Measure> shown) {
        return new Findings.Value<>(
                shown.apply(value),
                bound -> value.compareTo(bound) < 0,
                shown.apply(value),
                bound -> value.compareTo(bound) > 0,
                shown);
    }
}
