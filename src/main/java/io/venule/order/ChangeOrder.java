package io.venule.order;

import io.venule.dose.CheckedChange;
import io.venule.dose.GivenBolus;
import io.venule.dose.OverrideReason;
import io.venule.order.OrderSigner.Approvers;
import io.venule.order.OrderSigner.EnrolledAudience;
import java.time.Instant;

/** A change of rate or a bolus before it is signed: proof that the order runs, proof that what is new is allowed, and who approved it. */
record ChangeOrder(
        OrderId id,
        RunningInfusion running,
        CheckedChange change,
        EnrolledAudience audience,
        Approvers approvers,
        Instant at) {
    Instant expires() {
        return at.plus(OrderSigner.LIFETIME);
    }

    OrderOp op() {
        return OrderOp.of(change.wanted());
    }

    /** The change as it is on record at its approval. */
    OrderView view(String submission) {
        var target = running.order();
        var person = approvers.sender().person();
        return new OrderView(
                id,
                submission,
                new OrderState.Approved(),
                target.prescription(),
                target.channel(),
                target.patientHash(),
                target.drug(),
                OrderViews.doseText(change.wanted()),
                change.rate(),
                change.bolus().map(GivenBolus::volume).orElse(target.toInfuse()),
                change.reason().map(OverrideReason::print).orElse(""),
                person.id(),
                person.name(),
                at,
                expires(),
                "",
                op(),
                target.id().value());
    }
}
