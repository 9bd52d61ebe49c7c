package io.venule.simulator;

import io.venule.simulator.LimitCheck.Verdict;
import java.util.Optional;

/**
 * A rate typed at the pump for what runs: a hard limit holds, a soft one must be confirmed.
 *
 * @param text in mL/h, as typed
 */
record KeypadRate(String text, StepTable steps) {
    /** In µL/h; empty where this pump cannot be set to it. */
    Optional<Long> settable() {
        return Fraction.parse(text).flatMap(Fraction::thousandths).filter(steps::canDeliver);
    }

    /** What speaks against it; empty where nothing does. */
    Optional<Pressed> objection(Program running, long now, boolean confirmed) {
        var wanted = settable();
        if (wanted.isEmpty()) {
            return refused("This pump cannot be set to " + text + " mL/h.");
        }
        var verdict = LimitCheck.ofRate(running.order(), running.limits(), steps, wanted.get());
        if (verdict == Verdict.HARD) {
            return refused(text + " mL/h is outside a hard limit.");
        }
        if (verdict == Verdict.SOFT && !confirmed) {
            return Optional.of(new Pressed.ConfirmFirst(text + " mL/h is outside a soft limit. Set it anyway?"));
        }
        return wanted.get() == now ? refused("The rate is " + text + " mL/h already.") : Optional.empty();
    }

    private static Optional<Pressed> refused(String sentence) {
        return Optional.of(new Pressed.Refused(sentence));
    }
}
