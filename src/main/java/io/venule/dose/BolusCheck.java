package io.venule.dose;

import io.venule.dose.Breach.Impossible;
import io.venule.dose.Breach.Origin;
import io.venule.dose.Breach.Why;
import io.venule.druglibrary.Bound;
import io.venule.druglibrary.Dosing.Bolus;
import io.venule.druglibrary.Limits;
import io.venule.quantity.ComputedDose;
import io.venule.quantity.ComputedRate;
import io.venule.quantity.ComputedVolume;
import io.venule.quantity.Concentration;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import io.venule.quantity.DosingBasis;
import io.venule.quantity.FlowRate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Is this bolus from the running bag, at this rate, inside the entry's bolus limits? Judges dose, dose per minute, and the rate limits of entry,
 * care area and pump. Source: DOMAIN R8; docs/dose-rules.md, "Bolus".
 */
final class BolusCheck {
    private BolusCheck() {}

    /** What the check came to. */
    sealed interface Verdict {
        /**
         * There is something that a pump could give.
         *
         * @param breaches every limit passed, the hard ones first; empty where all are kept
         */
        record Computed(List<Breach> breaches, GivenBolus given, FlowRate rate, String arithmetic) implements Verdict {
            public Computed {
                breaches = List.copyOf(breaches);
            }
        }

        /** There is not, and why. */
        record NotComputed(List<Breach> breaches) implements Verdict {
            public NotComputed {
                breaches = List.copyOf(breaches);
            }
        }
    }

    /** Judges a bolus at the fastest rate that is allowed. */
    static Verdict check(Program program, Dose bolus) {
        return switch (program.entry().bolus()) {
            case Bolus.NotAllowed() -> notAllowed();
            case Bolus.Allowed allowed ->
                check(
                        program,
                        allowed,
                        bolus,
                        fastest(program).orElse(program.pump().lowest()));
        };
    }

    static Verdict check(Program program, Dose bolus, FlowRate rate) {
        return switch (program.entry().bolus()) {
            case Bolus.NotAllowed() -> notAllowed();
            case Bolus.Allowed allowed -> check(program, allowed, bolus, rate);
        };
    }

    private static Verdict notAllowed() {
        return impossible(Why.BOLUS_NOT_ALLOWED, "The library entry allows no bolus.");
    }

    private static Verdict check(Program program, Bolus.Allowed allowed, Dose bolus, FlowRate rate) {
        var concentration = concentration(program);
        if (!bolus.comparesWith(Units.one(allowed.unit()))
                || concentration
                        .filter(bag -> bag.amount().unit().kind()
                                == bolus.unit().amount().kind())
                        .isEmpty()) {
            return impossible(
                    Why.UNIT_DIFFERS,
                    "The bolus is in " + bolus.unit().word() + ", the library entry's in "
                            + allowed.unit().word() + "; they do not compare.");
        }
        var basis = Fit.basis(bolus.unit().per(), program.body());
        var rateUnit = unit(allowed.rate()).orElse(bolus.unit());
        var rateBasis = Fit.basis(rateUnit.per(), program.body());
        if (basis.isEmpty() || rateBasis.isEmpty()) {
            var per = basis.isEmpty() ? bolus.unit().per() : rateUnit.per();
            return new Verdict.NotComputed(Fit.missing(per).stream().toList());
        }
        var counted = new Counted(concentration.orElseThrow(), basis.get(), rateUnit, rateBasis.get());
        return computed(bolus, rate, counted, judged(program, allowed, bolus, rate, counted));
    }

    /** What the bag holds, and what dose and speed are counted by. */
    private record Counted(Concentration bag, DosingBasis dose, DoseUnit speedUnit, DosingBasis speed) {
        DosingBasis size() {
            return speedUnit.isRate() && dose instanceof DosingBasis.WholePatient ? speed : dose;
        }
    }

    private static List<Breach> judged(
            Program program, Bolus.Allowed allowed, Dose bolus, FlowRate rate, Counted counted) {
        var findings = new Findings();
        findings.judge(
                Judged.BOLUS_DOSE,
                Origin.ENTRY,
                allowed.limits(),
                Evaluation.exactly(bolus, (Dose d) -> Measures.of(d)));
        if (counted.speedUnit().isRate()) {
            judgeSpeed(
                    findings,
                    allowed.rate(),
                    ComputedDose.delivered(rate, counted.bag(), counted.speed(), counted.speedUnit()));
        }
        judgeRate(findings, program, rate);
        return findings.hardestFirst();
    }

    private static Verdict computed(Dose bolus, FlowRate rate, Counted counted, List<Breach> breaches) {
        var exact = ComputedVolume.holding(bolus, counted.bag(), counted.dose());
        return exact.roundedDown()
                .filter(known -> known.microlitres() > 0)
                .<Verdict>map(volume -> new Verdict.Computed(
                        breaches,
                        new GivenBolus(volume, counted.size()),
                        rate,
                        Arithmetic.ofBolus(bolus, counted.dose(), counted.bag(), exact) + " → pump " + volume.print()
                                + " at " + rate.print()))
                .orElseGet(() -> impossible(Why.VOLUME_DIFFERS, "There is no volume that holds this bolus."));
    }

    /**
     * The fastest rate a bolus may have: its dose per minute up to the soft limit, or the hard one where there is no soft, and never more than entry,
     * care area and pump allow; on the pump's step table. Empty where no bolus is allowed or the patient's size is not on record.
     */
    static Optional<FlowRate> fastest(Program program) {
        if (!(program.entry().bolus() instanceof Bolus.Allowed allowed)) {
            return Optional.empty();
        }
        var caps = Stream.of(
                        highest(program.entry().rate()), highest(program.area().rate()))
                .flatMap(Optional::stream);
        var cap = Stream.concat(caps, Stream.of(program.pump().highest()))
                .min(FlowRate::compareTo)
                .orElseThrow();
        var speed = highest(allowed.rate());
        if (speed.isEmpty()) {
            return Optional.of(program.pump().settableAtOrBelow(cap));
        }
        return Fit.basis(speed.get().unit().per(), program.body())
                .flatMap(basis -> concentration(program)
                        .map(bag -> ComputedRate.ofDose(speed.get(), bag, basis)
                                .roundedDown()
                                .filter(rate -> rate.compareTo(cap) < 0)
                                .orElse(cap)))
                .map(program.pump()::settableAtOrBelow);
    }

    private static <Q> Optional<Q> highest(Limits<Q> limits) {
        return limits.softHigh().asOptional().or(() -> limits.hardHigh().asOptional());
    }

    private static Optional<Concentration> concentration(Program program) {
        return Evaluation.concentration(program);
    }

    private static Optional<DoseUnit> unit(Limits<Dose> limits) {
        return Stream.of(limits.hardLow(), limits.softLow(), limits.softHigh(), limits.hardHigh())
                .map(Bound::asOptional)
                .flatMap(Optional::stream)
                .map(Dose::unit)
                .findFirst();
    }

    private static void judgeSpeed(Findings findings, Limits<Dose> limits, ComputedDose speed) {
        var shown = Measures.of(speed.shown());
        findings.judge(
                Judged.BOLUS_RATE,
                Origin.ENTRY,
                limits,
                new Findings.Value<Dose>(
                        shown,
                        bound -> speed.compareTo(bound) < 0,
                        shown,
                        bound -> speed.compareTo(bound) > 0,
                        bound -> Measures.of(bound)));
    }

    private static void judgeRate(Findings findings, Program program, FlowRate rate) {
        var value = Evaluation.exactly(rate, (FlowRate r) -> Measures.of(r));
        var pump = program.pump();
        findings.judge(
                Judged.RATE,
                Origin.PUMP,
                new Limits<>(Bound.at(pump.lowest()), Bound.none(), Bound.none(), Bound.at(pump.highest())),
                value);
        findings.judge(Judged.RATE, Origin.ENTRY, program.entry().rate(), value);
        findings.judge(Judged.RATE, Origin.CARE_AREA, program.area().rate(), value);
        if (rate.compareTo(pump.lowest()) >= 0 && !pump.settableAtOrBelow(rate).equals(rate)) {
            findings.add(new Impossible(
                    Why.RATE_NOT_SETTABLE,
                    "This pump cannot be set to " + rate.print() + "; the next lower rate is "
                            + pump.settableAtOrBelow(rate).print() + "."));
        }
    }

    private static Verdict impossible(Why why, String sentence) {
        return new Verdict.NotComputed(List.of(new Impossible(why, sentence)));
    }
}
