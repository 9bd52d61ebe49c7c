package io.venule.druglibrary;

import io.venule.quantity.Concentration;
import io.venule.quantity.Decimal;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import java.time.Duration;

/** How an entry is dosed, and so which limits it can have. */
public sealed interface Dosing {
    /** Dose per time, kept up: limits on the dose rate in {@code unit}. */
    record ContinuousDose(DoseUnit unit, Limits<Dose> limits) implements Dosing {}

    /** A total dose over a time: limits on dose and duration. */
    record IntermittentDose(DoseUnit unit, Limits<Dose> limits, Limits<Duration> duration) implements Dosing {}

    /** Fluid by rate alone; its limits are the entry's rate limits. */
    record FluidRate() implements Dosing {}

    /** What the bag of an entry may hold. */
    sealed interface Strength {
        /** Exactly this drug in this volume. */
        record Fixed(Concentration concentration) implements Strength {}

        /** Mixed to order, within limits on concentration. */
        record Custom(Limits<Concentration> limits) implements Strength {}

        /** No drug is counted. */
        record None() implements Strength {}

        /** Whether both hold a drug in the same strength, or both hold none; a strength mixed to order is not known and so never the same. */
        default boolean sameAs(Strength other) {
            return switch (this) {
                case Fixed(var one) -> other instanceof Fixed(var two) && one.sameStrengthAs(two);
                case Custom c -> false;
                case None n -> other instanceof None;
            };
        }

        /** {@code "400 mg in 250 mL"}. */
        default String print() {
            return switch (this) {
                case Fixed(var concentration) -> concentration.print();
                case Custom c -> "mixed to order";
                case None n -> "no drug counted";
            };
        }
    }

    /** Whether a dose rate can be compared with this entry's limits: the same kind of amount, per the same size of patient. */
    default boolean takesRate(Dose rate) {
        return switch (this) {
            case ContinuousDose(var unit, var limits) -> rate.comparesWith(new Dose(Decimal.ZERO, unit));
            case IntermittentDose i -> false;
            case FluidRate f -> false;
        };
    }

    /** Whether a total dose over a time can be compared with this entry's limits. */
    default boolean takesTotal(Dose total) {
        return switch (this) {
            case ContinuousDose c -> false;
            case IntermittentDose(var unit, var limits, var duration) ->
                total.comparesWith(new Dose(Decimal.ZERO, unit));
            case FluidRate f -> false;
        };
    }

    /** A bolus from the running bag: limits on its dose and on how fast it may be given. */
    sealed interface Bolus {
        record NotAllowed() implements Bolus {}

        /**
         * @param limits on the dose of one bolus, in {@code unit}, a total
         * @param rate on how fast it is given, in an amount per minute of the same kind
         */
        record Allowed(DoseUnit unit, Limits<Dose> limits, Limits<Dose> rate) implements Bolus {
            /** A bolus without limits on how fast it is given. */
            public Allowed(DoseUnit unit, Limits<Dose> limits) {
                this(unit, limits, Limits.none());
            }
        }
    }
}
