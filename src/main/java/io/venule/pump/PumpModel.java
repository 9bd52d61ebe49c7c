package io.venule.pump;

import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.util.List;

/**
 * What a model of pump can deliver. Large-volume pump: 0.1 to 999 mL/h, step 0.1 below 100, 1 above, up to 9,999 mL. Syringe pump: step 0.01 below 10, 0.1 below 100, 1 above, and no more than the
 * largest syringe holds, 60 mL. Source: DOMAIN, "Ranges and steps".
 *
 * @param steps its step table in rising order
 * @param most the largest volume to be infused
 */
public record PumpModel(String name, FlowRate lowest, FlowRate highest, List<RateStep> steps, Volume most) {
    public static final PumpModel LARGE_VOLUME = new PumpModel(
            "large-volume",
            FlowRate.ofMillilitresPerHour("0.1"),
            FlowRate.ofMillilitresPerHour("999"),
            List.of(step("0", "0.1"), step("100", "1")),
            Volume.ofMillilitres("9999"));
    public static final PumpModel SYRINGE = new PumpModel(
            "syringe",
            FlowRate.ofMillilitresPerHour("0.1"),
            FlowRate.ofMillilitresPerHour("999"),
            List.of(step("0", "0.01"), step("10", "0.1"), step("100", "1")),
            Volume.ofMillilitres("60"));

    public PumpModel {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || steps.getFirst().from().microlitresPerHour() != 0 || lowest.compareTo(highest) > 0) {
            throw new IllegalArgumentException("a model has a step table from zero and a rising range");
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i - 1).from().compareTo(steps.get(i).from()) >= 0) {
                throw new IllegalArgumentException("a step table rises");
            }
        }
    }

    private static RateStep step(String from, String step) {
        return new RateStep(FlowRate.ofMillilitresPerHour(from), FlowRate.ofMillilitresPerHour(step));
    }

    /** The largest rate on the step table that is not above {@code wanted}: rounding a derived rate goes down. */
    public FlowRate settableAtOrBelow(FlowRate wanted) {
        var step = steps.reversed().stream()
                .filter(candidate -> candidate.from().compareTo(wanted) <= 0)
                .findFirst()
                .orElseThrow()
                .step()
                .microlitresPerHour();
        return new FlowRate(Math.multiplyExact(wanted.microlitresPerHour() / step, step));
    }

    /** Whether the pump can be set to exactly this rate. */
    public boolean canDeliver(FlowRate rate) {
        return rate.compareTo(lowest) >= 0
                && rate.compareTo(highest) <= 0
                && settableAtOrBelow(rate).equals(rate);
    }
}
