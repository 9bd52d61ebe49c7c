package io.venule.web.bedside;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.venule.dose.Infusion;
import io.venule.order.ChangeDesk;
import io.venule.order.ChangeVerdict;
import io.venule.order.OrderView;
import io.venule.order.SecondCheck;
import io.venule.prescription.Regimen;
import io.venule.web.Problem;
import java.util.List;

/**
 * The verdict on a wanted change of rate as pages and API show it; no patient data.
 *
 * @param displayed digest to send back with the change; 64 zeros where nothing can be sent
 * @param dose the wanted dose
 * @param rate what the pump would be set to
 * @param unit in which the value was entered
 * @param secondCheck who else must look before it goes
 * @param sentence why nothing can be changed; empty where something can be judged
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ChangeView(
        Kind verdict,
        String displayed,
        String order,
        String channel,
        String drug,
        String dose,
        String rate,
        String arithmetic,
        String limitSet,
        String unit,
        List<Problem.Breach> breaches,
        List<VerdictView.Reason> reasons,
        String sentence,
        String remedy,
        SecondCheckShown secondCheck) {
    /** Which verdict. */
    public enum Kind {
        READY,
        NEEDS_REASON,
        OUTSIDE_HARD_LIMITS,
        NOT_POSSIBLE
    }

    private static final SecondCheckShown ALONE = SecondCheckShown.of(new SecondCheck.NotNeeded());

    static ChangeView of(ChangeVerdict verdict, SecondCheck people) {
        return of(verdict).with(SecondCheckShown.of(people));
    }

    private static ChangeView of(ChangeVerdict verdict) {
        return switch (verdict) {
            case ChangeVerdict.Ready(var order, var change) ->
                judged(verdict, Kind.READY, order, change.infusion())
                        .at(dose(change.wanted()), change.rate().print(), change.arithmetic());
            case ChangeVerdict.Soft(var order, var infusion, var breach) ->
                judged(verdict, Kind.NEEDS_REASON, order, infusion)
                        .at("", breach.rate().print(), breach.arithmetic())
                        .with(VerdictView.breaches(breach.breaches()), VerdictView.REASONS);
            case ChangeVerdict.Hard(var order, var infusion, var limits) ->
                judged(verdict, Kind.OUTSIDE_HARD_LIMITS, order, infusion)
                        .at("", "", limits.arithmetic())
                        .with(VerdictView.breaches(limits.breaches()), List.of());
            case ChangeVerdict.NotPossible(var sentence, var remedy) -> notPossible(sentence, remedy);
            case ChangeVerdict.Unknown() -> notPossible("No such order is on record.", "Look at the pump.");
        };
    }

    private static ChangeView notPossible(String sentence, String remedy) {
        return new ChangeView(
                Kind.NOT_POSSIBLE, "", "", "", "", "", "", "", "", "", List.of(), List.of(), sentence, remedy, ALONE);
    }

    private static ChangeView judged(ChangeVerdict verdict, Kind kind, OrderView order, Infusion infusion) {
        return new ChangeView(
                kind,
                ChangeDesk.displayed(verdict),
                order.id().value(),
                order.channel().toString(),
                order.drug(),
                "",
                "",
                "",
                infusion.entry().id(),
                order.dose().substring(order.dose().indexOf(' ') + 1),
                List.of(),
                List.of(),
                "",
                "",
                ALONE);
    }

    private ChangeView at(String newDose, String newRate, String computed) {
        return new ChangeView(
                verdict,
                displayed,
                order,
                channel,
                drug,
                newDose,
                newRate,
                computed,
                limitSet,
                unit,
                breaches,
                reasons,
                sentence,
                remedy,
                secondCheck);
    }

    private ChangeView with(SecondCheckShown second) {
        return new ChangeView(
                verdict,
                displayed,
                order,
                channel,
                drug,
                dose,
                rate,
                arithmetic,
                limitSet,
                unit,
                breaches,
                reasons,
                sentence,
                remedy,
                second);
    }

    private ChangeView with(List<Problem.Breach> passed, List<VerdictView.Reason> offered) {
        return new ChangeView(
                verdict,
                displayed,
                order,
                channel,
                drug,
                dose,
                rate,
                arithmetic,
                limitSet,
                unit,
                passed,
                offered,
                sentence,
                remedy,
                secondCheck);
    }

    private static String dose(Regimen wanted) {
        return switch (wanted) {
            case Regimen.Continuous(var rate) -> rate.print();
            case Regimen.Intermittent(var total, var over) -> total.print() + " in " + over.toMinutes() + " min";
            case Regimen.Fluid(var rate) -> rate.print();
        };
    }
}
