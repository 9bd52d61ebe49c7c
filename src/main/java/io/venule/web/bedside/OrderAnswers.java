package io.venule.web.bedside;

import io.venule.order.ChangeOutcome;
import io.venule.order.ChangeVerdict;
import io.venule.order.Ended;
import io.venule.order.OrderView;
import io.venule.order.Outcome;
import io.venule.order.Verdict;
import io.venule.web.ProblemType;
import io.venule.web.Problems;
import io.venule.web.Refused;
import jakarta.inject.Singleton;

/** What came of sending, as an order or as the problem that says why nothing was sent. */
@Singleton
class OrderAnswers {
    private final Problems problems;

    OrderAnswers(Problems problems) {
        this.problems = problems;
    }

    /** An order that is on record, and the HTTP status that says how far it came. */
    record Answer(OrderView order, int status) {}

    Answer of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted(var order) -> new Answer(order, 201);
            case Outcome.Unconfirmed(var order) -> new Answer(order, 202);
            case Outcome.SameSubmission(var order) -> new Answer(order, 200);
            case Outcome.Rejected(var order, var code) ->
                throw problems.pumpRejected("The pump refused the order: " + code.sentence() + ".", code.name());
            case Outcome.Conflict(var other) ->
                throw problems.refuse(
                        ProblemType.CHANNEL_BUSY,
                        "Order " + other.id() + " is " + other.state().word() + " on " + other.channel() + ".");
            case Outcome.SecondPersonNeeded(var first) ->
                throw problems.refuse(
                        ProblemType.SECOND_PERSON_NEEDED,
                        first.person().name() + " has looked at what goes to " + first.channel() + "; until "
                                + first.ends() + " someone else may send the same.");
            case Outcome.SignInTooOld(var atMost) -> throw problems.refuse(ProblemType.SIGN_IN_TOO_OLD, "");
            case Outcome.PumpNotReady(var sentence, var remedy) -> throw problems.pumpNotReady(sentence, remedy);
            case Outcome.DisplayChanged changed -> throw problems.refuse(ProblemType.DISPLAY_CHANGED, "");
            case Outcome.Refused(var verdict) -> throw refused(verdict);
        };
    }

    /** What the pump did, or the problem that says why it did nothing; each names what a person does then. */
    EndShown of(Ended ended) {
        return switch (ended) {
            case Ended.Done(var recorded) -> new EndShown(EndShown.Did.CANCELLED, recorded);
            case Ended.Shown(var recorded) -> new EndShown(EndShown.Did.ASKS_FOR_STOP, recorded);
            case Ended.Unconfirmed(var reason) -> new EndShown(EndShown.Did.NO_ANSWER, true);
            case Ended.Unknown() -> throw problems.refuse(ProblemType.NOT_FOUND, "No such order is on record.");
            case Ended.NotThere() -> throw problems.refuse(ProblemType.NOTHING_TO_END, "");
            case Ended.NotReached(var reason) ->
                throw problems.pumpNotReady("The pump does not answer: " + reason + ".", "Press STOP at the pump now.");
            case Ended.Rejected(var code) ->
                throw problems.pumpRejected(
                        "The pump did not take it: " + code.sentence() + ". Press STOP at the pump now.", code.name());
        };
    }

    Answer of(ChangeOutcome outcome) {
        return switch (outcome) {
            case ChangeOutcome.Gone(var gone) -> of(gone);
            case ChangeOutcome.DisplayChanged changed -> throw problems.refuse(ProblemType.DISPLAY_CHANGED, "");
            case ChangeOutcome.Refused(var verdict) -> throw refused(verdict);
        };
    }

    private Refused refused(ChangeVerdict verdict) {
        return switch (verdict) {
            case ChangeVerdict.Hard(var order, var infusion, var wanted, var limits) ->
                problems.breached(ProblemType.HARD_LIMIT, VerdictView.breaches(limits.breaches()));
            case ChangeVerdict.Soft(var order, var infusion, var breach) ->
                problems.breached(ProblemType.REASON_NEEDED, VerdictView.breaches(breach.breaches()));
            case ChangeVerdict.NotPossible(var sentence, var remedy) -> problems.notPossible(sentence, remedy);
            case ChangeVerdict.Unknown unknown -> problems.refuse(ProblemType.NOT_FOUND, "No such order is on record.");
            case ChangeVerdict.Ready ready -> problems.refuse(ProblemType.DISPLAY_CHANGED, "");
        };
    }

    private Refused refused(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Mispaired(var mismatches) -> problems.wrongPairing(VerdictView.mismatches(mismatches));
            case Verdict.Hard(var paired, var limits) ->
                problems.hardLimit(VerdictView.breaches(limits.breaches()), limits.remedy());
            case Verdict.Soft(var paired, var breach) ->
                problems.breached(ProblemType.REASON_NEEDED, VerdictView.breaches(breach.breaches()));
            case Verdict.NotRead(var faults) -> problems.unreadable(VerdictView.faults(faults));
            case Verdict.Ready ready -> problems.refuse(ProblemType.DISPLAY_CHANGED, "");
        };
    }
}
