package io.venule.web.bedside;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.venule.dose.Breach;
import io.venule.dose.CheckedDose;
import io.venule.dose.OverrideReason;
import io.venule.order.Displayed;
import io.venule.order.SecondCheck;
import io.venule.order.Verdict;
import io.venule.pairing.Mismatch;
import io.venule.pairing.Paired;
import io.venule.prescription.Regimen;
import io.venule.web.Problem;
import java.util.Arrays;
import java.util.List;

/**
 * A verdict as pages and API show it; no patient data.
 *
 * @param displayed digest to send back with the order; 64 zeros where nothing can be sent
 * @param arithmetic how the rate was computed
 * @param remedy what to do where a hard limit is passed
 * @param faults scans that could not be read
 * @param secondCheck who else must look before it goes
 * @param reasons the one-tap list, where a reason leads on
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VerdictView(
        Kind verdict,
        String displayed,
        String drug,
        String dose,
        String rate,
        String vtbi,
        String channel,
        String prescription,
        String careArea,
        String limitSet,
        String arithmetic,
        List<Problem.Breach> breaches,
        String remedy,
        List<Problem.Mismatch> mismatches,
        List<Problem.Fault> faults,
        List<Reason> reasons,
        List<String> choices,
        SecondCheckShown secondCheck) {
    /** Which verdict. */
    public enum Kind {
        READY,
        NEEDS_REASON,
        OUTSIDE_HARD_LIMITS,
        MISPAIRED,
        NOT_READ
    }

    /** A reason that can be chosen. */
    public record Reason(String code, String text) {}

    static final List<Reason> REASONS = Arrays.stream(OverrideReason.Kind.values())
            .map(kind -> new Reason(kind.name(), kind.words()))
            .toList();

    static VerdictView of(Verdict verdict, SecondCheck people) {
        var second = SecondCheckShown.of(people);
        var displayed = Displayed.of(verdict).hex();
        return switch (verdict) {
            case Verdict.Ready(var dose) -> ready(displayed, dose, second);
            case Verdict.Soft(var paired, var breach) ->
                judged(Kind.NEEDS_REASON, displayed, paired, breach.rate().print(), breach.arithmetic(), second)
                        .with(breaches(breach.breaches()), "", REASONS);
            case Verdict.Hard(var paired, var limits) ->
                judged(Kind.OUTSIDE_HARD_LIMITS, displayed, paired, "", limits.arithmetic(), second)
                        .with(breaches(limits.breaches()), limits.remedy(), List.of());
            case Verdict.Mispaired(var mismatches) -> mispaired(displayed, mismatches);
            case Verdict.NotRead(var faults) -> notRead(displayed, faults);
        };
    }

    private static VerdictView ready(String displayed, CheckedDose dose, SecondCheckShown second) {
        return judged(Kind.READY, displayed, dose.paired(), dose.rate().print(), dose.arithmetic(), second);
    }

    private static VerdictView judged(
            Kind kind, String displayed, Paired paired, String rate, String arithmetic, SecondCheckShown second) {
        return new VerdictView(
                kind,
                displayed,
                paired.entry().drug().tallMan(),
                dose(paired.prescription().regimen()),
                rate,
                paired.prescription().toInfuse().print(),
                paired.channel().toString(),
                paired.prescription().id().value(),
                paired.entry().careArea(),
                paired.entry().id(),
                arithmetic,
                List.of(),
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                second);
    }

    private VerdictView with(List<Problem.Breach> passed, String toDo, List<Reason> offered) {
        return new VerdictView(
                verdict,
                displayed,
                drug,
                dose,
                rate,
                vtbi,
                channel,
                prescription,
                careArea,
                limitSet,
                arithmetic,
                passed,
                toDo,
                mismatches,
                faults,
                offered,
                choices,
                secondCheck);
    }

    private static VerdictView mispaired(String displayed, List<Mismatch> all) {
        var choices = all.stream()
                .filter(Mismatch.SeveralOrdered.class::isInstance)
                .flatMap(mismatch -> ((Mismatch.SeveralOrdered) mismatch).orders().stream())
                .map(id -> id.value())
                .toList();
        return empty(Kind.MISPAIRED, displayed, mismatches(all), List.of(), choices);
    }

    private static VerdictView notRead(String displayed, List<Verdict.Fault> all) {
        return empty(Kind.NOT_READ, displayed, List.of(), faults(all), List.of());
    }

    private static VerdictView empty(
            Kind kind,
            String displayed,
            List<Problem.Mismatch> mismatches,
            List<Problem.Fault> faults,
            List<String> choices) {
        return new VerdictView(
                kind,
                displayed,
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                List.of(),
                "",
                mismatches,
                faults,
                List.of(),
                choices,
                SecondCheckShown.of(new SecondCheck.NotNeeded()));
    }

    static List<Problem.Breach> breaches(List<Breach> all) {
        return all.stream()
                .map(breach -> new Problem.Breach(breach.code(), breach.isHard(), breach.sentence()))
                .toList();
    }

    static List<Problem.Mismatch> mismatches(List<Mismatch> all) {
        return all.stream()
                .map(mismatch -> new Problem.Mismatch(
                        mismatch.getClass().getSimpleName(), mismatch.sentence(), mismatch.remedy()))
                .toList();
    }

    static List<Problem.Fault> faults(List<Verdict.Fault> all) {
        return all.stream()
                .map(fault -> new Problem.Fault(fault.prompt().name(), fault.sentence(), fault.remedy()))
                .toList();
    }

    private static String dose(Regimen regimen) {
        return switch (regimen) {
            case Regimen.Continuous(var rate) -> rate.print();
            case Regimen.Intermittent(var total, var over) -> total.print() + " in " + over.toMinutes() + " min";
            case Regimen.Fluid(var rate) -> rate.print();
        };
    }
}
