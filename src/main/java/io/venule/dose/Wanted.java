package io.venule.dose;

import io.venule.prescription.Regimen;
import io.venule.quantity.Dose;

/** What is wanted of an infusion that runs. */
public sealed interface Wanted {
    /** Another dose per time, or another rate of a plain fluid, from now on. */
    record Rate(Regimen regimen) implements Wanted {}

    /**
     * A bolus from the running bag, once; then the infusion goes on as it was.
     *
     * @param dose a total, such as 80 mcg/kg
     */
    record Bolus(Dose dose) implements Wanted {}
}
