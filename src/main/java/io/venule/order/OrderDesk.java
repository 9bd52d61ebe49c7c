package io.venule.order;

import io.venule.audit.AuditEntry;
import io.venule.dose.Breach;
import io.venule.dose.CheckedDose;
import io.venule.dose.DoseCheck;
import io.venule.dose.DoseVerdict;
import io.venule.order.OrderSigner.Approved;
import io.venule.order.OrderSigner.Approver;
import io.venule.order.OrderSigner.Approvers;
import io.venule.order.OrderSigner.EnrolledAudience;
import io.venule.pairing.Paired;
import io.venule.pairing.Pairing;
import io.venule.pump.Challenge;
import io.venule.pump.Receipt;
import io.venule.signing.Digest;
import io.venule.staff.StaffMember;
import java.util.List;
import java.util.Optional;

/**
 * The one flow: scans → pairing → dose → signature → durable record → pump → receipt → durable record, top to bottom in
 * {@link #place}. Each step needs the evidence of the step before, so that none can be left out. A no is typed, audited, and sends
 * nothing; a missing answer is {@link Outcome.Unconfirmed} and never "running". Source: design, "One scan, top to bottom".
 */
public final class OrderDesk {
    private static final OrderState NONCE_UNKNOWN = new OrderState.Rejected(Receipt.Rejection.NONCE);

    private final Evidence evidence;
    private final OrderSigner signer;
    private final Records records;
    private final Pumps pumps;
    private final Handover handover;
    private final TwoPeople people;

    /** Where orders and refusals are kept. */
    public record Records(Orders orders, FirstChecks checks, AuditTrail trail) {}

    /** The way to pumps, and what they were asked ahead. */
    public record Pumps(PumpLink link, ReadyChallenges ready) {}

    public OrderDesk(Evidence evidence, OrderSigner signer, Records records, Pumps pumps) {
        this.evidence = evidence;
        this.signer = signer;
        this.records = records;
        this.pumps = pumps;
        this.handover = new Handover(records.orders(), pumps.link(), evidence::now);
        this.people = new TwoPeople(records.checks(), evidence::now);
    }

    /** The verdict on three scans; sends no order, and leaves no trace but its own audit entry: what was shown to whom. */
    public Verdict check(OrderForm form, StaffMember nurse) {
        var verdict = evidence.together(() -> verdictOf(form, nurse));
        switch (verdict) {
            case Verdict.Ready(var dose) -> shown(dose.paired(), verdict, List.of());
            case Verdict.Soft(var paired, var breach) -> shown(paired, verdict, breach.breaches());
            case Verdict.Hard hard -> refuse(form, nurse, hard);
            case Verdict.Mispaired mispaired -> refuse(form, nurse, mispaired);
            case Verdict.NotRead notRead -> refuse(form, nurse, notRead);
        }
        return verdict;
    }

    /** Sends the order, once per {@link OrderForm#submission}. */
    public Outcome place(OrderForm form, StaffMember nurse) {
        return place(form, nurse, Optional.empty());
    }

    /** @param refused the order of the same tap that this one takes the place of */
    private Outcome place(OrderForm form, StaffMember nurse, Optional<OrderId> refused) {
        return switch (evidence.together(() -> look(form, nurse))) {
            case Look.Earlier(var order) -> new Outcome.SameSubmission(order);
            case Look.Judged(var verdict, var names) -> place(new Tap(form, nurse, names, refused), verdict);
        };
    }

    /** What the record says to a tap, all of it asked at one go. */
    private sealed interface Look {
        record Earlier(OrderView order) implements Look {}

        record Judged(Verdict verdict, Names names) implements Look {}
    }

    /** What stands for patient and pump in an order: a commitment, and the hash of the pump's record key. Empty where nothing can be sent. */
    private record Names(String patient, String recordKeyHash) {
        private static final Names NONE = new Names("", "");
    }

    /** Who tapped with which form, and which order of that tap the pump has refused already. */
    private record Tap(OrderForm form, StaffMember nurse, Names names, Optional<OrderId> refused) {}

    private Look look(OrderForm form, StaffMember nurse) {
        var earlier = earlier(form);
        if (earlier.isPresent()) {
            return new Look.Earlier(earlier.get());
        }
        var verdict = verdictOf(form, nurse);
        return new Look.Judged(
                verdict,
                switch (verdict) {
                    case Verdict.Ready(var dose) -> namesIn(dose.paired());
                    case Verdict.Soft(var paired, var breach) -> namesIn(paired);
                    case Verdict.Hard h -> Names.NONE;
                    case Verdict.Mispaired m -> Names.NONE;
                    case Verdict.NotRead n -> Names.NONE;
                });
    }

    /** What came of this tap before; of two orders, the one that took the other's place. */
    private Optional<OrderView> earlier(OrderForm form) {
        var orders = records.orders();
        return orders.bySubmission(form.submission())
                .map(order -> order.state().equals(NONCE_UNKNOWN)
                        ? orders.bySubmission(form.anew().submission()).orElse(order)
                        : order);
    }

    private Names namesIn(Paired paired) {
        return new Names(
                signer.patientHash(paired.patient().id()),
                evidence.recordKeyHash(paired.channel().pump()));
    }

    private Outcome place(Tap tap, Verdict verdict) {
        var form = tap.form();
        var nurse = tap.nurse();
        if (allows(verdict) && !Displayed.of(verdict).hex().equals(form.displayed())) {
            refuse(form, nurse, verdict);
            return new Outcome.DisplayChanged(verdict);
        }
        return switch (verdict) {
            case Verdict.Ready(var dose) -> checked(tap, dose);
            case Verdict.Soft soft -> withReason(tap, soft);
            case Verdict.Hard hard -> refused(form, nurse, hard);
            case Verdict.Mispaired mispaired -> refused(form, nurse, mispaired);
            case Verdict.NotRead notRead -> refused(form, nurse, notRead);
        };
    }

    private void shown(Paired paired, Verdict verdict, List<Breach> breaches) {
        var patient = new Digest(signer.patientHash(paired.patient().id()));
        var shown = Displayed.of(verdict);
        records.trail().append(OrderEntries.paired(paired, patient, shown, breaches, evidence.now()));
        pumps.ready().prepare(paired.channel());
    }

    private Verdict verdictOf(OrderForm form, StaffMember nurse) {
        return switch (Readings.of(form, evidence.now())) {
            case Readings.Bad(var faults) -> new Verdict.NotRead(faults);
            case Readings.Good good ->
                switch (evidence.pair(good, form.prescription(), nurse)) {
                    case Pairing.Mispaired(var mismatches) -> new Verdict.Mispaired(mismatches);
                    case Pairing.Matched(var paired) -> doseVerdict(paired);
                };
        };
    }

    private Verdict doseVerdict(Paired paired) {
        return switch (DoseCheck.check(paired, evidence.library())) {
            case DoseVerdict.Within(var dose) -> new Verdict.Ready(dose);
            case DoseVerdict.OutsideSoftLimits(var breach) -> new Verdict.Soft(paired, breach);
            case DoseVerdict.OutsideHardLimits hard -> new Verdict.Hard(paired, hard);
        };
    }

    private Outcome withReason(Tap tap, Verdict.Soft soft) {
        return tap.form()
                .overrideReason()
                .map(reason -> checked(tap, soft.breach().overriddenFor(reason)))
                .orElseGet(() -> refused(tap.form(), tap.nurse(), soft));
    }

    /** Who else must look before this can be sent, as it stands for this person; nobody where nothing can be sent. */
    public SecondCheck secondCheck(Verdict verdict, StaffMember nurse) {
        var displayed = Displayed.of(verdict).hex();
        return switch (verdict) {
            case Verdict.Ready(var dose) -> people.standing(dose.needsTwoPeople(), displayed, nurse);
            case Verdict.Soft(var paired, var breach) ->
                people.standing(paired.entry().drug().needsTwoPeople(true), displayed, nurse);
            case Verdict.Hard h -> new SecondCheck.NotNeeded();
            case Verdict.Mispaired m -> new SecondCheck.NotNeeded();
            case Verdict.NotRead n -> new SecondCheck.NotNeeded();
        };
    }

    private Outcome checked(Tap tap, CheckedDose dose) {
        var nurse = tap.nurse();
        var sender = new Approver(nurse, tap.form().displayed());
        return switch (people.standing(dose.needsTwoPeople(), sender.displayed(), nurse)) {
            case SecondCheck.NotNeeded not -> approve(tap, dose, Approvers.alone(sender));
            case SecondCheck.Completes(var first) -> approve(tap, dose, Approvers.both(sender, first));
            case SecondCheck.Needed needed -> keepFirst(tap, dose);
            case SecondCheck.WaitsForAnother(var yours) -> new Outcome.SecondPersonNeeded(yours);
            case SecondCheck.SignInTooOld(var atMost) -> {
                var place = dose.paired().channel().toString();
                records.trail().append(OrderEntries.signInTooOld(place, nurse, evidence.now()));
                yield new Outcome.SignInTooOld(atMost);
            }
        };
    }

    private Outcome keepFirst(Tap tap, CheckedDose dose) {
        var first = new FirstCheck(tap.form().displayed(), dose.paired().channel(), tap.nurse(), evidence.now());
        var patient = new Digest(tap.names().patient());
        records.checks().keep(first, OrderEntries.firstCheck(first, dose, patient));
        return new Outcome.SecondPersonNeeded(first);
    }

    /**
     * A pump may have forgotten for others what it was asked ahead. It then refuses the order under its signature, and the nonce in that order is never good again: a new one, looked at from the
     * scans on, can take its place, once. Not where two people approve: their order is for a challenge of its own.
     */
    private Outcome approve(Tap tap, CheckedDose dose, Approvers approvers) {
        var channel = dose.paired().channel();
        var isPlain = tap.refused().isEmpty() && approvers.first().isEmpty();
        var kept = isPlain ? pumps.ready().take(channel) : Optional.<PumpLink.Readiness.Ready>empty();
        if (kept.isEmpty()) {
            return approve(tap, dose, approvers, pumps.link().challenge(channel));
        }
        var outcome = approve(tap, dose, approvers, kept.get());
        return outcome instanceof Outcome.Rejected(var order, var code) && code == Receipt.Rejection.NONCE
                ? place(tap.form().anew(), tap.nurse(), Optional.of(order.id()))
                : outcome;
    }

    private Outcome approve(Tap tap, CheckedDose dose, Approvers approvers, PumpLink.Readiness readiness) {
        return switch (readiness) {
            case PumpLink.Readiness.NotReachable(var reason) ->
                notReady(
                        tap.form(),
                        dose,
                        "The pump does not answer: " + reason + ".",
                        "Program the pump by hand, or try again.");
            case PumpLink.Readiness.Ready(var challenge, var lease) ->
                objectionTo(challenge, dose)
                        .map(objection ->
                                notReady(tap.form(), dose, objection, "Look at the pump's display, then check again."))
                        .orElseGet(() -> send(tap, dose, new Reached(challenge, lease), approvers));
        };
    }

    private Optional<String> objectionTo(Challenge challenge, CheckedDose dose) {
        if (!challenge.library().sha256().equals(dose.version().sha256())) {
            return Optional.of("The pump is still taking over drug library release "
                    + dose.version().counter() + ".");
        }
        return switch (challenge.state()) {
            case IDLE, COMPLETE -> Optional.empty();
            case ORDER_PENDING, RUNNING, KEEP_VEIN_OPEN, PAUSED, ALARM ->
                Optional.of("The pump channel is not free: " + challenge.state().word() + ".");
        };
    }

    /** What the pump said, and the lease by which it was reached. */
    private record Reached(Challenge challenge, long lease) {}

    private Outcome send(Tap tap, CheckedDose dose, Reached reached, Approvers approvers) {
        var form = tap.form();
        var paired = dose.paired();
        var now = evidence.now();
        if (!paired.validAt(now)) {
            return notReady(form, dose, "The scans are too old.", "Scan again.");
        }
        var pen = signer.penFor(paired.channel().pump(), now);
        if (pen.isEmpty()) {
            return notReady(form, dose, Outcome.NO_KEY, Outcome.NO_KEY_REMEDY);
        }
        if (!people.use(approvers)) {
            return notReady(form, dose, "The first check was used up meanwhile.", "Scan again, both of you.");
        }
        var audience = new EnrolledAudience(tap.names().recordKeyHash(), reached.lease());
        var approved = new Approved(
                evidence.newOrderId(),
                dose,
                reached.challenge(),
                audience,
                tap.names().patient(),
                approvers,
                now);
        var view = OrderViews.of(approved, form.submission());
        var entry = inPlaceOf(tap, OrderEntries.approved(view, dose, approvers, form.displayed(), now));
        return switch (records.orders()
                .keep(
                        new Orders.Approval(view, paired),
                        entry,
                        head -> pen.get().sign(approved, head))) {
            case Orders.Kept.SameSubmission(var order) -> new Outcome.SameSubmission(order);
            case Orders.Kept.Conflict(var order) -> new Outcome.Conflict(order);
            case Orders.Kept.New(var order) -> handover.deliver(order, view);
        };
    }

    private static AuditEntry inPlaceOf(Tap tap, AuditEntry approved) {
        return tap.refused()
                .map(order -> approved.with("insteadOf", order.value()))
                .orElse(approved);
    }

    private static boolean allows(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Ready r -> true;
            case Verdict.Soft s -> true;
            case Verdict.Hard h -> false;
            case Verdict.Mispaired m -> false;
            case Verdict.NotRead n -> false;
        };
    }

    private Outcome refused(OrderForm form, StaffMember nurse, Verdict verdict) {
        refuse(form, nurse, verdict);
        return new Outcome.Refused(verdict);
    }

    private Outcome notReady(OrderForm form, CheckedDose dose, String sentence, String remedy) {
        var now = evidence.now();
        records.trail().append(OrderEntries.notReady(dose, form.submission(), sentence, now));
        return new Outcome.PumpNotReady(sentence, remedy);
    }

    private void refuse(OrderForm form, StaffMember nurse, Verdict verdict) {
        records.trail().append(OrderEntries.refused(form, nurse, verdict, evidence.now()));
    }
}
