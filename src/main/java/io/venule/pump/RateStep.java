package io.venule.pump;

import io.venule.quantity.FlowRate;

/** From this rate upward the pump can be set in steps of {@code step}. */
public record RateStep(FlowRate from, FlowRate step) {
    public RateStep {
        if (step.microlitresPerHour() == 0) {
            throw new IllegalArgumentException("a step is above zero");
        }
    }
}
