package io.venule.dose;

import io.venule.dose.Breach.Impossible;
import io.venule.dose.Breach.Origin;
import io.venule.dose.Breach.Why;
import io.venule.druglibrary.Bound;
import io.venule.druglibrary.Dosing.Bolus;
import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.Limits;
import io.venule.pairing.Paired;
import io.venule.quantity.ComputedDose;
import io.venule.quantity.ComputedRate;
import io.venule.quantity.ComputedVolume;
import io.venule.quantity.Concentration;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Is this bolus from the running bag, at this rate, inside the entry's bolus limits? Judges dose, dose per minute, and the rate limits of entry,
 * care area and pump. Source: DOMAIN R8; docs/dose-rules.md, "Bolus".
 */
public final class BolusCheck {
    private BolusCheck() {}

    /** What the check came to. */
    public sealed interface Verdict {
        /**
         * Inside every limit.
         *
         * @param volume what to give, rounded down to a whole microlitre
         */
        record Within(Volume volume, FlowRate rate) implements Verdict {}

        /** Outside some limit, the hard ones first. */
        record Outside(List<Breach> breaches) implements Verdict {
            public Outside {
                breaches = List.copyOf(breaches);
            }
        }
    }

    /** Judges a bolus for the paired patient by {@code library}, which must be the release in force. */
    public static Verdict check(Paired paired, DrugLibrary library, Dose bolus, FlowRate rate) {
        var area = library.careArea(paired.entry().careArea());
        return area.isEmpty() || !DoseCheck.isInForce(paired.entry(), library)
                ? new Verdict.Outside(List.of(DoseCheck.LIBRARY_CHANGED))
                : check(Program.of(paired, area.get()), bolus, rate);
    }

    static Verdict check(Program program, Dose bolus, FlowRate rate) {
        return switch (program.entry().bolus()) {
            case Bolus.NotAllowed() -> impossible(Why.BOLUS_NOT_ALLOWED, "The library entry allows no bolus.");
            case Bolus.Allowed allowed -> check(program, allowed, bolus, rate);
        };
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
            return new Verdict.Outside(Fit.missing(per).stream().toList());
        }
        var findings = new Findings();
        findings.judge(
                Judged.BOLUS_DOSE,
                Origin.ENTRY,
                allowed.limits(),
                Evaluation.exactly(bolus, (Dose d) -> Measures.of(d)));
        if (rateUnit.isRate()) {
            judgeSpeed(
                    findings,
                    allowed.rate(),
                    ComputedDose.delivered(rate, concentration.orElseThrow(), rateBasis.get(), rateUnit));
        }
        judgeRate(findings, program, rate);
        var volume = ComputedVolume.holding(bolus, concentration.orElseThrow(), basis.get())
                .roundedDown();
        if (volume.filter(known -> known.microlitres() > 0).isEmpty()) {
            return impossible(Why.VOLUME_DIFFERS, "There is no volume that holds this bolus.");
        }
        var breaches = findings.hardestFirst();
        return breaches.isEmpty() ? new Verdict.Within(volume.get(), rate) : new Verdict.Outside(breaches);
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
        return new Verdict.Outside(List.of(new Impossible(why, sentence)));
    }
}
