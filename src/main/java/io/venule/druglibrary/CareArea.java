package io.venule.druglibrary;

import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;

/**
 * A care area (profile) with the caps that hold for every entry in it.
 *
 * @param code short stable code, such as {@code adult-icu}
 * @param keepVeinOpen the keep-vein-open rate, capped at the pump by the running rate
 */
public record CareArea(
        String code,
        String name,
        Limits<FlowRate> rate,
        Limits<Weight> weight,
        Limits<Volume> toInfuse,
        FlowRate keepVeinOpen) {}
