package io.venule.order;

import io.venule.dose.ChangeBreach;
import io.venule.dose.ChangeCheck;
import io.venule.dose.CheckedChange;
import io.venule.dose.Infusion;
import io.venule.dose.Wanted;

/** What a wanted change of rate, or a bolus, comes to, before anything is sent. */
public sealed interface ChangeVerdict {
    /** No such order is on record. */
    record Unknown() implements ChangeVerdict {}

    /** There is nothing that could be changed so, and what to do instead. */
    record NotPossible(String sentence, String remedy) implements ChangeVerdict {}

    /** A hard limit; there is no way on. */
    record Hard(OrderView order, Infusion infusion, Wanted wanted, ChangeCheck.Verdict.OutsideHardLimits limits)
            implements ChangeVerdict {}

    /** A soft limit; a reason leads on. */
    record Soft(OrderView order, Infusion infusion, ChangeBreach breach) implements ChangeVerdict {}

    /** All good. */
    record Ready(OrderView order, CheckedChange change) implements ChangeVerdict {}
}
