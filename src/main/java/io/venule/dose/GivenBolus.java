package io.venule.dose;

import io.venule.quantity.DosingBasis;
import io.venule.quantity.Volume;

/**
 * What a pump gives as a bolus.
 *
 * @param volume what holds the dose, rounded down to a whole microlitre
 * @param size what dose and speed are counted by, so that the pump can compute both; the whole patient where by nothing
 */
public record GivenBolus(Volume volume, DosingBasis size) {}
