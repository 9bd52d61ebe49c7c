package io.venule.dose;

import io.venule.quantity.Decimal;

/**
 * A number with its unit, as it is shown and recorded: {@code 999 mL/h}. Rounded only where what it shows was computed.
 *
 * @param ucum the unit's UCUM code, such as {@code ug/kg/min}
 * @param word the unit as the ward reads it, such as {@code mcg/kg/min}
 */
public record Measure(Decimal value, String ucum, String word) {
    /** {@code "5,000 mL/h"}. */
    public String print() {
        return value.print() + " " + word;
    }
}
