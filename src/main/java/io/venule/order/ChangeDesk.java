package io.venule.order;

import io.venule.dose.ChangeCheck;
import io.venule.dose.CheckedChange;
import io.venule.dose.GivenBolus;
import io.venule.dose.Infusion;
import io.venule.dose.Wanted;
import io.venule.druglibrary.Dosing;
import io.venule.order.OrderSigner.Approver;
import io.venule.order.OrderSigner.Approvers;
import io.venule.order.OrderSigner.EnrolledAudience;
import io.venule.prescription.Regimen;
import io.venule.pump.Challenge;
import io.venule.quantity.Decimal;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import io.venule.quantity.FlowRate;
import io.venule.staff.StaffMember;
import java.util.Optional;

/**
 * Changes the rate of what runs, or gives a bolus from its bag: verdict, pump's own word that it runs, signature, durable record, pump, receipt, as
 * {@link OrderDesk#place} does for a program. The running order stands for the pairing; what is new is checked by the same limits. The
 * pump shows the change and waits for START, and until then goes on as it was.
 */
public final class ChangeDesk {
    private final Evidence evidence;
    private final OrderSigner signer;
    private final Records records;
    private final PumpLink link;
    private final Handover handover;
    private final TwoPeople people;

    /** Where orders, changes and refusals are kept. */
    public record Records(Orders orders, Changes changes, FirstChecks checks, AuditTrail trail) {}

    public ChangeDesk(Evidence evidence, OrderSigner signer, Records records, PumpLink link) {
        this.evidence = evidence;
        this.signer = signer;
        this.records = records;
        this.link = link;
        this.handover = new Handover(records.orders(), link, evidence::now);
        this.people = new TwoPeople(records.checks(), evidence::now);
    }

    /** The verdict on a wanted dose or rate; sends nothing. */
    public ChangeVerdict check(ChangeForm form, StaffMember nurse) {
        var verdict = verdictOf(form, nurse);
        if (displayed(verdict).equals(io.venule.signing.Digest.NONE.hex())) {
            refuse(form, nurse, verdict);
        }
        return verdict;
    }

    /** The unit in which a bolus from this infusion is dosed; empty where none may be given. */
    public Optional<DoseUnit> bolusUnit(OrderView order) {
        return order.isChange() || !order.state().isOpen()
                ? Optional.empty()
                : evidence.infusion(order)
                        .flatMap(infusion -> switch (infusion.entry().bolus()) {
                            case Dosing.Bolus.NotAllowed() -> Optional.empty();
                            case Dosing.Bolus.Allowed allowed -> Optional.of(allowed.unit());
                        });
    }

    /** The digest to send back with the form; 64 zeros for a verdict that allows nothing. */
    public static String displayed(ChangeVerdict verdict) {
        return ChangeEntries.displayed(verdict).hex();
    }

    /** Sends the change, once per {@link ChangeForm#submission}. */
    public ChangeOutcome place(ChangeForm form, StaffMember nurse) {
        var earlier = records.orders().bySubmission(form.submission());
        if (earlier.isPresent()) {
            return new ChangeOutcome.Gone(new Outcome.SameSubmission(earlier.get()));
        }
        var verdict = verdictOf(form, nurse);
        return switch (verdict) {
            case ChangeVerdict.Ready(var order, var change)
            when isShown(form, verdict) -> new ChangeOutcome.Gone(checked(form, order, change, nurse));
            case ChangeVerdict.Soft(var order, var infusion, var breach)
            when isShown(form, verdict) ->
                form.overrideReason()
                        .<ChangeOutcome>map(reason ->
                                new ChangeOutcome.Gone(checked(form, order, breach.overriddenFor(reason), nurse)))
                        .orElseGet(() -> refused(form, nurse, verdict));
            case ChangeVerdict.Ready ready -> changed(form, nurse, verdict);
            case ChangeVerdict.Soft soft -> changed(form, nurse, verdict);
            case ChangeVerdict.Hard hard -> refused(form, nurse, verdict);
            case ChangeVerdict.NotPossible not -> refused(form, nurse, verdict);
            case ChangeVerdict.Unknown unknown -> refused(form, nurse, verdict);
        };
    }

    private static boolean isShown(ChangeForm form, ChangeVerdict verdict) {
        return displayed(verdict).equals(form.displayed());
    }

    private ChangeVerdict verdictOf(ChangeForm form, StaffMember nurse) {
        if (!evidence.isFresh(nurse.signIn())) {
            return new ChangeVerdict.NotPossible("You signed in too long ago.", "Sign out and in again.");
        }
        var found = records.orders().find(form.order());
        if (found.isEmpty()) {
            return new ChangeVerdict.Unknown();
        }
        var order = found.get();
        if (order.isChange() || !(order.state() instanceof OrderState.Running)) {
            return new ChangeVerdict.NotPossible(
                    "This order does not run: " + order.word() + ".",
                    "Look at the pump; scan to start something else.");
        }
        var infusion = evidence.infusion(order);
        if (infusion.isEmpty()) {
            return new ChangeVerdict.NotPossible(
                    "Its entry is no longer in the drug library.", "Change the rate at the pump, or start anew.");
        }
        return switch (form.ask()) {
            case RATE ->
                wanted(infusion.get().prescription().regimen(), form.value())
                        .map(regimen -> verdictOf(order, infusion.get(), new Wanted.Rate(regimen)))
                        .orElseGet(() -> new ChangeVerdict.NotPossible(
                                "A new dose or rate is a number above zero, for an infusion that is dosed by time.",
                                "Enter it with a decimal point and without unit, such as 7.5; a dose over a fixed time is"
                                        + " not changed while it runs."));
            case BOLUS -> bolus(order, infusion.get(), form.value());
        };
    }

    private ChangeVerdict bolus(OrderView order, Infusion infusion, String value) {
        return switch (infusion.entry().bolus()) {
            case Dosing.Bolus.NotAllowed() ->
                new ChangeVerdict.NotPossible(
                        "The drug library allows no bolus from this infusion.",
                        "Ask the prescriber for an order of its own.");
            case Dosing.Bolus.Allowed allowed ->
                above0(value)
                        .map(decimal -> verdictOf(order, infusion, new Wanted.Bolus(new Dose(decimal, allowed.unit()))))
                        .orElseGet(() -> new ChangeVerdict.NotPossible(
                                "The dose of a bolus is a number above zero.",
                                "Enter it with a decimal point and without unit, in "
                                        + allowed.unit().word() + "."));
        };
    }

    private ChangeVerdict verdictOf(OrderView order, Infusion infusion, Wanted wanted) {
        return switch (ChangeCheck.check(infusion, wanted, evidence.library())) {
            case ChangeCheck.Verdict.Within(var change) ->
                notLeft(order, change.bolus()).orElseGet(() -> new ChangeVerdict.Ready(order, change));
            case ChangeCheck.Verdict.OutsideSoftLimits(var breach) ->
                notLeft(order, breach.bolus()).orElseGet(() -> new ChangeVerdict.Soft(order, infusion, breach));
            case ChangeCheck.Verdict.OutsideHardLimits limits ->
                new ChangeVerdict.Hard(order, infusion, wanted, limits);
        };
    }

    /** A bolus comes out of the volume to be infused; the pump, which knows best, refuses it otherwise. */
    private Optional<ChangeVerdict> notLeft(OrderView order, Optional<GivenBolus> bolus) {
        return bolus.map(GivenBolus::volume)
                .flatMap(volume -> evidence.leftToInfuse(order)
                        .filter(left -> left.compareTo(volume) < 0)
                        .map(left -> new ChangeVerdict.NotPossible(
                                "The bolus needs " + volume.print() + ", and " + left.print()
                                        + " are left of the volume to infuse.",
                                "Hang a new bag and scan it.")));
    }

    private static Optional<Decimal> above0(String value) {
        return Decimal.parse(value).filter(decimal -> decimal.compareTo(Decimal.ZERO) > 0);
    }

    /** The ordered regimen at another value, in the unit it was ordered in. */
    private static Optional<Regimen> wanted(Regimen ordered, String value) {
        var number = above0(value);
        return switch (ordered) {
            case Regimen.Continuous(var dose) ->
                number.map(decimal -> new Regimen.Continuous(new Dose(decimal, dose.unit())));
            case Regimen.Fluid fluid ->
                number.filter(decimal -> decimal.fitsScale(3) && decimal.compareTo(Decimal.of(9_999)) <= 0)
                        .map(decimal -> new Regimen.Fluid(FlowRate.ofMillilitresPerHour(decimal)));
            case Regimen.Intermittent intermittent -> Optional.empty();
        };
    }

    /** Who else must look before this can be sent, as it stands for this person; nobody where nothing can be sent. */
    public SecondCheck secondCheck(ChangeVerdict verdict, StaffMember nurse) {
        return switch (verdict) {
            case ChangeVerdict.Ready(var order, var change) ->
                people.standing(change.needsTwoPeople(), displayed(verdict), nurse);
            case ChangeVerdict.Soft(var order, var infusion, var breach) ->
                people.standing(infusion.entry().drug().needsTwoPeople(true), displayed(verdict), nurse);
            case ChangeVerdict.Hard h -> new SecondCheck.NotNeeded();
            case ChangeVerdict.NotPossible n -> new SecondCheck.NotNeeded();
            case ChangeVerdict.Unknown u -> new SecondCheck.NotNeeded();
        };
    }

    private Outcome checked(ChangeForm form, OrderView order, CheckedChange change, StaffMember nurse) {
        var sender = new Approver(nurse, form.displayed());
        return switch (people.standing(change.needsTwoPeople(), form.displayed(), nurse)) {
            case SecondCheck.NotNeeded not -> approve(form, order, change, Approvers.alone(sender));
            case SecondCheck.Completes(var first) -> approve(form, order, change, Approvers.both(sender, first));
            case SecondCheck.WaitsForAnother(var yours) -> new Outcome.SecondPersonNeeded(yours);
            case SecondCheck.Needed needed -> {
                var first = new FirstCheck(form.displayed(), order.channel(), nurse, evidence.now());
                records.checks().keep(first, ChangeEntries.firstCheck(first, order, change));
                yield new Outcome.SecondPersonNeeded(first);
            }
            case SecondCheck.SignInTooOld(var atMost) -> {
                records.trail().append(OrderEntries.signInTooOld(order.channel().toString(), nurse, evidence.now()));
                yield new Outcome.SignInTooOld(atMost);
            }
        };
    }

    private Outcome approve(ChangeForm form, OrderView order, CheckedChange change, Approvers approvers) {
        var nurse = approvers.sender().person();
        return switch (link.challenge(order.channel())) {
            case PumpLink.Readiness.NotReachable(var reason) ->
                notReady(order, change, nurse, "The pump does not answer: " + reason + ".", "Change it at the pump.");
            case PumpLink.Readiness.Ready(var challenge, var lease) ->
                objectionTo(challenge, change)
                        .map(objection -> notReady(order, change, nurse, objection, "Change the rate at the pump."))
                        .orElseGet(() -> RunningInfusion.confirmedBy(challenge, order)
                                .map(running -> send(form, new Reached(running, lease), change, approvers))
                                .orElseGet(() -> notReady(
                                        order,
                                        change,
                                        nurse,
                                        "The pump says: " + challenge.state().word() + ".",
                                        "Look at the pump's display, then check again.")));
        };
    }

    /** What runs stays on the release it was started with, and is judged by no other. */
    private static Optional<String> objectionTo(Challenge challenge, CheckedChange change) {
        return challenge.library().sha256().equals(change.version().sha256())
                ? Optional.empty()
                : Optional.of("The pump works with another release of the drug library.");
    }

    /** What runs, and the lease by which the pump said so. */
    private record Reached(RunningInfusion running, long lease) {}

    private Outcome send(ChangeForm form, Reached reached, CheckedChange change, Approvers approvers) {
        var running = reached.running();
        var target = running.order();
        var nurse = approvers.sender().person();
        var pen = signer.penFor(target.channel().pump(), evidence.now());
        if (pen.isEmpty()) {
            return notReady(target, change, nurse, Outcome.NO_KEY, Outcome.NO_KEY_REMEDY);
        }
        if (!people.use(approvers)) {
            return notReady(
                    target, change, nurse, "The first check was used up meanwhile.", "Enter it again, both of you.");
        }
        var audience =
                new EnrolledAudience(evidence.recordKeyHash(target.channel().pump()), reached.lease());
        var approved = new ChangeOrder(evidence.newOrderId(), running, change, audience, approvers, evidence.now());
        var view = approved.view(form.submission());
        return switch (records.changes()
                .keep(
                        view,
                        ChangeEntries.approved(approved, form.displayed()),
                        head -> pen.get().sign(approved, head))) {
            case Orders.Kept.SameSubmission(var known) -> new Outcome.SameSubmission(known);
            case Orders.Kept.Conflict(var known) -> new Outcome.Conflict(known);
            case Orders.Kept.New(var signed) -> handover.deliver(signed, view);
        };
    }

    private ChangeOutcome changed(ChangeForm form, StaffMember nurse, ChangeVerdict verdict) {
        refuse(form, nurse, verdict);
        return new ChangeOutcome.DisplayChanged(verdict);
    }

    private ChangeOutcome refused(ChangeForm form, StaffMember nurse, ChangeVerdict verdict) {
        refuse(form, nurse, verdict);
        return new ChangeOutcome.Refused(verdict);
    }

    private void refuse(ChangeForm form, StaffMember nurse, ChangeVerdict verdict) {
        records.trail().append(ChangeEntries.refused(form, nurse, verdict, evidence.now()));
    }

    private Outcome notReady(OrderView order, CheckedChange change, StaffMember nurse, String sentence, String remedy) {
        records.trail().append(ChangeEntries.notReady(order, change, nurse, sentence, evidence.now()));
        return new Outcome.PumpNotReady(sentence, remedy);
    }
}
