package io.venule.druglibrary;

/**
 * A drug with its tall-man name.
 *
 * @param code stable lower-case code, also the file's name in the library text
 * @param rxnorm RxNorm concept id, or empty text where none is known
 */
public record Drug(String code, String name, String tallMan, String rxnorm, HighAlert highAlert) {
    /** Whether ISMP's list names the drug as high-alert, and in which class. */
    public sealed interface HighAlert {
        record No() implements HighAlert {}

        record Yes(String category) implements HighAlert {}
    }

    public boolean isHighAlert() {
        return highAlert instanceof HighAlert.Yes;
    }
}
