package io.venule.quantity;

/** The size of the patient that a dose is counted by; each case carries what that needs, so that a weight cannot be forgotten. */
public sealed interface DosingBasis {
    /** The dose does not depend on the patient's size. */
    record WholePatient() implements DosingBasis {}

    /** The dose is per kilogram. */
    record ByWeight(Weight weight) implements DosingBasis {}

    /** The dose is per square metre. */
    record BySurface(BodySurface surface) implements DosingBasis {}
}
