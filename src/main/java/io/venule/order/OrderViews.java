package io.venule.order;

import io.venule.dose.OverrideReason;
import io.venule.dose.Wanted;
import io.venule.order.OrderSigner.Approved;
import io.venule.prescription.Regimen;

/** The record of an order at its approval. */
final class OrderViews {
    private OrderViews() {}

    static OrderView of(Approved approved, String submission) {
        var dose = approved.dose();
        var paired = dose.paired();
        var person = approved.approvers().sender().person();
        return new OrderView(
                approved.id(),
                submission,
                new OrderState.Approved(),
                paired.prescription().id(),
                paired.channel(),
                approved.patient(),
                dose.entry().drug().tallMan(),
                doseText(paired.prescription().regimen()),
                dose.rate(),
                dose.toInfuse(),
                dose.reason().map(OverrideReason::print).orElse(""),
                person.id(),
                person.name(),
                approved.at(),
                approved.expires(),
                "",
                OrderOp.PROGRAM,
                "");
    }

    /** A wanted change as it is read. */
    static String doseText(Wanted wanted) {
        return switch (wanted) {
            case Wanted.Rate(var regimen) -> doseText(regimen);
            case Wanted.Bolus(var dose) -> dose.print();
        };
    }

    static String doseText(Regimen regimen) {
        return switch (regimen) {
            case Regimen.Continuous(var rate) -> rate.print();
            case Regimen.Intermittent(var total, var over) -> total.print() + " in " + over.toMinutes() + " min";
            case Regimen.Fluid(var rate) -> rate.print();
        };
    }
}
