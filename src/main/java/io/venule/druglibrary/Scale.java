package io.venule.druglibrary;

import io.venule.quantity.Concentration;
import io.venule.quantity.Decimal;
import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import java.time.Duration;

/** How quantities of one kind compare, exactly, and how they are written. */
interface Scale<Q> {
    /** What the newer of two quantities that are not equal is, beside the older. */
    enum Compared {
        LOWER,
        HIGHER,
        /** As much, in another unit. */
        OTHER_UNIT,
        /** As much, in the same unit, said with other numbers. */
        REWRITTEN,
        /** Of another kind: neither lower nor higher. */
        INCOMPARABLE
    }

    Compared compare(Q before, Q after);

    /** With its unit. */
    String print(Q value);

    Scale<Dose> DOSE = new Scale<>() {
        @Override
        public Compared compare(Dose before, Dose after) {
            if (!after.comparesWith(before)) {
                return Compared.INCOMPARABLE;
            }
            return of(after.compareTo(before), before.unit().equals(after.unit()));
        }

        @Override
        public String print(Dose value) {
            return value.print();
        }
    };

    Scale<Concentration> CONCENTRATION = new Scale<>() {
        @Override
        public Compared compare(Concentration before, Concentration after) {
            var unit = before.amount().unit();
            if (after.amount().unit().kind() != unit.kind()) {
                return Compared.INCOMPARABLE;
            }
            return of(after.compareTo(before), after.amount().unit() == unit);
        }

        @Override
        public String print(Concentration value) {
            return value.printPerMillilitre(value.amount().unit());
        }
    };

    Scale<FlowRate> RATE = new Scale<>() {
        @Override
        public Compared compare(FlowRate before, FlowRate after) {
            return of(after.compareTo(before), true);
        }

        @Override
        public String print(FlowRate value) {
            return value.print();
        }
    };

    Scale<Weight> WEIGHT = new Scale<>() {
        @Override
        public Compared compare(Weight before, Weight after) {
            return of(Long.compare(after.grams(), before.grams()), true);
        }

        @Override
        public String print(Weight value) {
            return value.print();
        }
    };

    Scale<Volume> VOLUME = new Scale<>() {
        @Override
        public Compared compare(Volume before, Volume after) {
            return of(after.compareTo(before), true);
        }

        @Override
        public String print(Volume value) {
            return value.print();
        }
    };

    Scale<Duration> DURATION = new Scale<>() {
        private static final long SECONDS = 60;

        @Override
        public Compared compare(Duration before, Duration after) {
            return of(after.compareTo(before), true);
        }

        // Thousandths of a minute are as small as the text of a library can say.
        @Override
        public String print(Duration value) {
            return value.toMillis() % SECONDS == 0
                    ? new Decimal(value.toMillis() / SECONDS, 3).print() + " min"
                    : new Decimal(value.toMillis(), 3).print() + " s";
        }
    };

    private static Compared of(int sign, boolean sameUnit) {
        if (sign == 0) {
            return sameUnit ? Compared.REWRITTEN : Compared.OTHER_UNIT;
        }
        return sign < 0 ? Compared.LOWER : Compared.HIGHER;
    }
}
