package io.venule.druglibrary;

/**
 * A drug with its tall-man name.
 *
 * @param code stable lower-case code, also the file's name in the library text
 * @param secondCheck when two people check an order of it; the hospital says so for each high-alert drug
 * @param rxnorm RxNorm concept id, or empty text where none is known
 */
public record Drug(
        String code, String name, String tallMan, String rxnorm, HighAlert highAlert, SecondCheck secondCheck) {
    /** Whether ISMP's list names the drug as high-alert, and in which class. */
    public sealed interface HighAlert {
        record No() implements HighAlert {}

        record Yes(String category) implements HighAlert {}
    }

    /** When an order needs two people. Source: ISMP, independent checks by two people; invariant 7. */
    public enum SecondCheck {
        /** For every order. */
        ALWAYS,
        /** Where a soft limit is passed. */
        OVERRIDE,
        NEVER
    }

    /** Whether an order needs two people. */
    public boolean needsTwoPeople(boolean softLimitPassed) {
        return switch (secondCheck) {
            case ALWAYS -> true;
            case OVERRIDE -> softLimitPassed;
            case NEVER -> false;
        };
    }

    public boolean isHighAlert() {
        return highAlert instanceof HighAlert.Yes;
    }
}
