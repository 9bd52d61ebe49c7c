package io.venule.release;

import io.venule.druglibrary.Dosing.Strength;
import io.venule.quantity.Amount;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.Concentration;
import io.venule.quantity.Decimal;
import java.util.Optional;

/** Reads what a bag holds. */
final class StrengthReader {
    private StrengthReader() {}

    /** A strength that may be fixed, custom or absent. */
    static Strength read(Members parent, UnitsOfDrug units) {
        return parent.optionalObject("strength")
                .map(strength -> fixedOrCustom(strength, units))
                .orElseGet(Strength.None::new);
    }

    private static Strength fixedOrCustom(Members strength, UnitsOfDrug units) {
        var fixed = strength.optionalObject("fixed");
        var custom = strength.optionalObject("custom");
        strength.end();
        if (fixed.isPresent() == custom.isPresent()) {
            strength.fault(
                    "strength has not exactly one of fixed and custom", "Give one of them, or leave strength out");
            return new Strength.None();
        }
        return fixed.map(content -> fixed(content, units))
                .orElseGet(() -> new Strength.Custom(LimitsReader.concentrations(custom.orElseThrow(), units)));
    }

    private static Strength fixed(Members fixed, UnitsOfDrug units) {
        var amount = amount(fixed.object("amount"), units);
        var volume = Quantities.volume(fixed.object("volume"));
        fixed.end();
        return amount.<Strength>map(known -> new Strength.Fixed(new Concentration(known, volume)))
                .orElseGet(Strength.None::new);
    }

    private static Optional<Amount> amount(Members quantity, UnitsOfDrug units) {
        Optional<AmountUnit> unit = units.amount(quantity.text("unit"), quantity);
        var value = Quantities.value(quantity);
        if (value.isPresent() && value.get().equals(Decimal.ZERO)) {
            quantity.fault(
                    "value", "the amount of drug is 0", "Say how much drug is in the bag, or leave strength out");
            return Optional.empty();
        }
        return unit.flatMap(known -> value.map(number -> new Amount(number, known)));
    }
}
