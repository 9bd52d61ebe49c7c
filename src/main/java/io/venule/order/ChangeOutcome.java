package io.venule.order;

/** What came of sending a change of rate. */
public sealed interface ChangeOutcome {
    /** Nothing was sent: the verdict does not allow it, or has changed to one that needs a reason. */
    record Refused(ChangeVerdict verdict) implements ChangeOutcome {}

    /** Nothing was sent: what would be sent is not what was displayed. */
    record DisplayChanged(ChangeVerdict verdict) implements ChangeOutcome {}

    /** It went on its way, or the pump or another order stood in it. */
    record Gone(Outcome outcome) implements ChangeOutcome {}
}
