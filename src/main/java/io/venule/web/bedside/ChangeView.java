package io.venule.web.bedside;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.venule.dose.Breach;
import io.venule.dose.GivenBolus;
import io.venule.dose.Infusion;
import io.venule.dose.Wanted;
import io.venule.order.ChangeDesk;
import io.venule.order.ChangeVerdict;
import io.venule.order.OrderView;
import io.venule.order.SecondCheck;
import io.venule.prescription.Regimen;
import io.venule.web.Problem;
import java.util.List;
import java.util.Optional;

/**
 * The verdict on a wanted change of rate, or a bolus, as pages and API show it; no patient data.
 *
 * @param displayed digest to send back with the change; 64 zeros where nothing can be sent
 * @param dose the wanted dose
 * @param volume what the pump would give as a bolus; empty for a change of rate
 * @param rate what the pump would be set to; for a bolus, while it is given
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
        String volume,
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

    /** What is asked, of what. */
    private record Asked(OrderView order, Infusion infusion, Wanted wanted) {
        String dose() {
            return ChangeView.dose(wanted);
        }

        String unit() {
            return dose().substring(dose().indexOf(' ') + 1);
        }
    }

    /** What the pump would do, in words; empty where nothing could be sent. */
    private record Computed(String volume, String rate, String arithmetic) {}

    static ChangeView of(ChangeVerdict verdict, SecondCheck people) {
        return switch (verdict) {
            case ChangeVerdict.Ready(var order, var change) ->
                judged(
                        Kind.READY,
                        verdict,
                        new Asked(order, change.infusion(), change.wanted()),
                        new Computed(volume(change.bolus()), change.rate().print(), change.arithmetic()),
                        List.of(),
                        people);
            case ChangeVerdict.Soft(var order, var infusion, var breach) ->
                judged(
                        Kind.NEEDS_REASON,
                        verdict,
                        new Asked(order, infusion, breach.wanted()),
                        new Computed(volume(breach.bolus()), breach.rate().print(), breach.arithmetic()),
                        breach.breaches(),
                        people);
            case ChangeVerdict.Hard(var order, var infusion, var wanted, var limits) ->
                judged(
                        Kind.OUTSIDE_HARD_LIMITS,
                        verdict,
                        new Asked(order, infusion, wanted),
                        new Computed("", "", limits.arithmetic()),
                        limits.breaches(),
                        people);
            case ChangeVerdict.NotPossible(var sentence, var remedy) -> notPossible(sentence, remedy, people);
            case ChangeVerdict.Unknown() -> notPossible("No such order is on record.", "Look at the pump.", people);
        };
    }

    private static ChangeView notPossible(String sentence, String remedy, SecondCheck people) {
        return new ChangeView(
                Kind.NOT_POSSIBLE,
                "",
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
                List.of(),
                sentence,
                remedy,
                SecondCheckShown.of(people));
    }

    private static ChangeView judged(
            Kind kind,
            ChangeVerdict verdict,
            Asked asked,
            Computed computed,
            List<Breach> breaches,
            SecondCheck people) {
        return new ChangeView(
                kind,
                ChangeDesk.displayed(verdict),
                asked.order().id().value(),
                asked.order().channel().toString(),
                asked.order().drug(),
                asked.dose(),
                computed.volume(),
                computed.rate(),
                computed.arithmetic(),
                asked.infusion().entry().id(),
                asked.unit(),
                VerdictView.breaches(breaches),
                kind == Kind.NEEDS_REASON ? VerdictView.REASONS : List.of(),
                "",
                "",
                SecondCheckShown.of(people));
    }

    private static String volume(Optional<GivenBolus> bolus) {
        return bolus.map(given -> given.volume().print()).orElse("");
    }

    private static String dose(Wanted wanted) {
        return switch (wanted) {
            case Wanted.Rate(var regimen) -> dose(regimen);
            case Wanted.Bolus(var dose) -> dose.print();
        };
    }

    private static String dose(Regimen wanted) {
        return switch (wanted) {
            case Regimen.Continuous(var rate) -> rate.print();
            case Regimen.Intermittent(var total, var over) -> total.print() + " in " + over.toMinutes() + " min";
            case Regimen.Fluid(var rate) -> rate.print();
        };
    }
}
