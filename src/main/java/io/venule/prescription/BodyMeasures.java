package io.venule.prescription;

import io.venule.quantity.BodySurface;
import io.venule.quantity.Weight;

/** What is on record of a patient's size; what is not on record is a case of its own, so that nobody can assume it. */
public sealed interface BodyMeasures {
    record Unknown() implements BodyMeasures {}

    record Weighed(Weight weight) implements BodyMeasures {}

    record WeighedAndMeasured(Weight weight, BodySurface surface) implements BodyMeasures {}
}
