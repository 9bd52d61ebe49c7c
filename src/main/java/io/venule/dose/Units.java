package io.venule.dose;

import io.venule.druglibrary.Bound;
import io.venule.druglibrary.Limits;
import io.venule.quantity.Concentration;
import io.venule.quantity.Decimal;
import io.venule.quantity.Dose;
import io.venule.quantity.DoseUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether what is compared counts the same thing. */
final class Units {
    private Units() {}

    static Dose one(DoseUnit unit) {
        return new Dose(Decimal.of(1), unit);
    }

    static boolean comparable(Limits<Concentration> limits, Concentration ordered) {
        return Stream.of(limits.hardLow(), limits.softLow(), limits.softHigh(), limits.hardHigh())
                .map(Bound::asOptional)
                .flatMap(Optional::stream)
                .allMatch(bound ->
                        bound.amount().unit().kind() == ordered.amount().unit().kind());
    }
}
