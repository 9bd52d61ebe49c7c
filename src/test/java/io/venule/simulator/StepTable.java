package io.venule.simulator;

import io.venule.pump.PumpModel;
import java.util.List;

/** The rates a pump's motor can be set to, in whole microlitres per hour, and the most that it takes up, in microlitres, as the maker wrote them down. */
record StepTable(long lowest, long highest, List<Step> steps, long most) {
    /** From this rate upward the motor moves in steps of {@code step}. */
    record Step(long from, long step) {}

    private static final StepTable LARGE_VOLUME =
            new StepTable(100, 999_000, List.of(new Step(0, 100), new Step(100_000, 1_000)), 9_999_000);
    private static final StepTable SYRINGE = new StepTable(
            100, 999_000, List.of(new Step(0, 10), new Step(10_000, 100), new Step(100_000, 1_000)), 60_000);

    static StepTable of(PumpModel model) {
        if (model.equals(PumpModel.LARGE_VOLUME)) {
            return LARGE_VOLUME;
        }
        if (model.equals(PumpModel.SYRINGE)) {
            return SYRINGE;
        }
        throw new IllegalArgumentException("no motor of this model: " + model.name());
    }

    /** The step at a rate. */
    long stepAt(long rate) {
        return steps.stream()
                .filter(step -> step.from() <= rate)
                .mapToLong(Step::step)
                .max()
                .orElseThrow();
    }

    boolean canDeliver(long rate) {
        return rate >= lowest && rate <= highest && rate % stepAt(rate) == 0;
    }

    boolean holds(long microlitres) {
        return microlitres <= most;
    }

    /** The largest rate that can be set and is not above the wanted one; 0 where even the lowest is. */
    long atOrBelow(long wanted) {
        var capped = Math.min(wanted, highest);
        var settable = capped - capped % stepAt(capped);
        return settable < lowest ? 0 : settable;
    }
}
