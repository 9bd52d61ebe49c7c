package io.venule.dose;

import io.venule.quantity.ComputedRate;
import io.venule.quantity.Concentration;
import io.venule.quantity.Decimal;
import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import java.time.Duration;

/** Quantities as measures. */
final class Measures {
    private Measures() {}

    static Measure of(Dose dose) {
        return new Measure(dose.value(), dose.unit().ucum(), dose.unit().word());
    }

    static Measure of(FlowRate rate) {
        return millilitresPerHour(rate.millilitresPerHour());
    }

    /** Rounded half up to six digits where it has more. */
    static Measure of(ComputedRate rate) {
        return millilitresPerHour(rate.shown());
    }

    static Measure of(Volume volume) {
        return new Measure(volume.millilitres(), "mL", "mL");
    }

    static Measure of(Weight weight) {
        return new Measure(weight.kilograms(), "kg", "kg");
    }

    /** Whole minutes as minutes, anything else to the millisecond in seconds. */
    static Measure of(Duration duration) {
        var millis = duration.toMillis();
        return millis % 60_000 == 0
                ? new Measure(Decimal.of(millis / 60_000), "min", "min")
                : new Measure(new Decimal(millis, 3), "s", "s");
    }

    /** Per millilitre in the unit it was written in, rounded half up to six digits where it has more. */
    static Measure of(Concentration concentration) {
        var unit = concentration.amount().unit();
        return new Measure(concentration.shownPerMillilitre(unit), unit.ucum() + "/mL", unit.word() + "/mL");
    }

    private static Measure millilitresPerHour(Decimal value) {
        return new Measure(value, "mL/h", "mL/h");
    }
}
