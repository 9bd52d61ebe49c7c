package io.venule.release;

import io.venule.druglibrary.Bound;
import io.venule.druglibrary.Limits;
import io.venule.quantity.Amount;
import io.venule.quantity.Concentration;
import io.venule.quantity.Decimal;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads four limits with their unit, and holds them to their order. */
final class LimitsReader {
    private static final List<String> NAMES = List.of("hardLow", "softLow", "softHigh", "hardHigh");

    private LimitsReader() {}

    static Limits<FlowRate> rates(Members parent, String name) {
        return optional(parent, name, "mL/h", Quantities::flowRate);
    }

    static Limits<Weight> weights(Members parent, String name) {
        return optional(parent, name, "kg", Quantities::weight);
    }

    static Limits<Volume> volumes(Members parent, String name) {
        return optional(parent, name, "mL", Quantities::volume);
    }

    static Limits<Duration> durations(Members parent, String name) {
        return optional(parent, name, "min", Quantities::minutes);
    }

    /** Limits on a dose and the unit they are in; the unit must be one of the drug's. */
    record DoseLimits(DoseUnit unit, Limits<Dose> limits) {}

    /** Empty where the unit cannot be read; that is then a fault. */
    static Optional<DoseLimits> doses(Members limits, UnitsOfDrug units) {
        var unit = units.dosing(limits.text("unit"), limits);
        var read = limits(limits, value -> unit.map(known -> new Dose(value, known)));
        return unit.map(known -> new DoseLimits(known, read));
    }

    /** Limits on a concentration, in a unit such as {@code mg/mL}. */
    static Limits<Concentration> concentrations(Members limits, UnitsOfDrug units) {
        var ucum = limits.text("unit");
        if (!ucum.isEmpty() && !ucum.endsWith("/mL")) {
            limits.fault("unit", "unit " + ucum + " is not an amount per mL", "Use a unit such as mg/mL");
            ucum = "";
        }
        var unit = ucum.isEmpty()
                ? Optional.<io.venule.quantity.AmountUnit>empty()
                : units.amount(ucum.substring(0, ucum.length() - 3), limits);
        return limits(
                limits,
                value -> unit.filter(_ -> !value.equals(Decimal.ZERO))
                        .map(known -> new Concentration(new Amount(value, known), new Volume(1_000))));
    }

    private static <Q extends Comparable<Q>> Limits<Q> optional(
            Members parent, String name, String unit, Function<Decimal, Optional<Q>> of) {
        return parent.optionalObject(name)
                .map(limits -> {
                    var ucum = limits.text("unit");
                    if (!ucum.equals(unit)) {
                        limits.fault("unit", "unit " + ucum + " of " + name + " is not " + unit, "Write it in " + unit);
                    }
                    return limits(limits, of);
                })
                .orElseGet(Limits::none);
    }

    private static <Q extends Comparable<Q>> Limits<Q> limits(Members limits, Function<Decimal, Optional<Q>> of) {
        var bounds = new ArrayList<Bound<Q>>();
        for (var name : NAMES) {
            bounds.add(bound(limits, name, of));
        }
        limits.end();
        mustRise(limits, bounds);
        return new Limits<>(bounds.get(0), bounds.get(1), bounds.get(2), bounds.get(3));
    }

    private static <Q> Bound<Q> bound(Members limits, String name, Function<Decimal, Optional<Q>> of) {
        var text = limits.optionalText(name);
        if (text.isEmpty()) {
            return Bound.none();
        }
        var value = Quantities.decimal(text, name, limits).flatMap(decimal -> {
            var quantity = of.apply(decimal);
            if (quantity.isEmpty() && limits.has("unit")) {
                limits.fault(name, name + " " + text + " is out of range", "Correct it, or leave it out for no limit");
            }
            return quantity;
        });
        return value.map(Bound::at).orElseGet(Bound::none);
    }

    private static <Q extends Comparable<Q>> void mustRise(Members limits, List<Bound<Q>> bounds) {
        for (int i = 0; i < NAMES.size(); i++) {
            for (int j = i + 1; j < NAMES.size(); j++) {
                var lower = bounds.get(i).asOptional();
                var upper = bounds.get(j).asOptional();
                if (lower.isPresent() && upper.isPresent() && lower.get().compareTo(upper.get()) > 0) {
                    limits.fault(
                            NAMES.get(i),
                            NAMES.get(i) + " " + limits.optionalText(NAMES.get(i)) + " is above " + NAMES.get(j) + " "
                                    + limits.optionalText(NAMES.get(j)),
                            "Make the limits rise: hardLow, softLow, softHigh, hardHigh; equal is allowed");
                }
            }
        }
    }
}
