package io.venule.release;

import io.venule.quantity.Decimal;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import java.time.Duration;
import java.util.Optional;

/** Reads numbers and quantities of the library text; empty is out of range or, where a fault is reported, not a number. */
final class Quantities {
    private static final Decimal MAX_MINUTES = Decimal.of(100_000);
    private static final Decimal MAX_KILOGRAMS = Decimal.of(999);

    private Quantities() {}

    static Optional<Decimal> decimal(String text, String name, Members place) {
        var value = Decimal.parse(text);
        if (value.isEmpty()) {
            place.fault(
                    name,
                    name + " \"" + text + "\" is not a canonical decimal",
                    "Write digits with a leading and no trailing zero and no exponent, such as 0.5");
        }
        return value;
    }

    static Optional<FlowRate> flowRate(Decimal millilitresPerHour) {
        return fits(millilitresPerHour, FlowRate.MAX.millilitresPerHour())
                ? Optional.of(FlowRate.ofMillilitresPerHour(millilitresPerHour))
                : Optional.empty();
    }

    static Optional<Volume> volume(Decimal millilitres) {
        return fits(millilitres, Volume.MAX.millilitres())
                ? Optional.of(Volume.ofMillilitres(millilitres))
                : Optional.empty();
    }

    static Optional<Weight> weight(Decimal kilograms) {
        return fits(kilograms, MAX_KILOGRAMS) && !kilograms.equals(Decimal.ZERO)
                ? Optional.of(new Weight(kilograms.scaledBy(3)))
                : Optional.empty();
    }

    static Optional<Duration> minutes(Decimal minutes) {
        return fits(minutes, MAX_MINUTES)
                ? Optional.of(Duration.ofMillis(Math.multiplyExact(minutes.scaledBy(3), 60L)))
                : Optional.empty();
    }

    private static boolean fits(Decimal value, Decimal max) {
        return value.fitsScale(3) && value.compareTo(max) <= 0;
    }

    /** A quantity {@code {"unit","value"}} in millilitres per hour. */
    static FlowRate flowRate(Members quantity) {
        return inUnit(quantity, "mL/h").flatMap(Quantities::flowRate).orElseGet(() -> standIn(quantity, FlowRate.ZERO));
    }

    /** A quantity {@code {"unit","value"}} in millilitres, above zero. */
    static Volume volume(Members quantity) {
        return inUnit(quantity, "mL")
                .flatMap(Quantities::volume)
                .filter(volume -> volume.microlitres() > 0)
                .orElseGet(() -> standIn(quantity, new Volume(1)));
    }

    private static Optional<Decimal> inUnit(Members quantity, String unit) {
        var ucum = quantity.text("unit");
        if (!ucum.isEmpty() && !ucum.equals(unit)) {
            quantity.fault("unit", "unit " + ucum + " is not " + unit, "Write it in " + unit);
        }
        return value(quantity);
    }

    /** The value of a quantity; a fault where it is not a decimal. */
    static Optional<Decimal> value(Members quantity) {
        var text = quantity.text("value");
        quantity.end();
        return text.isEmpty() ? Optional.empty() : decimal(text, "value", quantity);
    }

    private static <Q> Q standIn(Members quantity, Q value) {
        quantity.fault("value", "the quantity is out of range", "Correct its value");
        return value;
    }
}
