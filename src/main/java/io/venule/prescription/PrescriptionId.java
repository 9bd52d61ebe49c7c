package io.venule.prescription;

import java.util.Optional;
import java.util.regex.Pattern;

/** The order number of a prescription, as the pharmacy's compounding label carries it: 4 to 20 capital letters, digits, hyphens. */
public record PrescriptionId(String value) {
    private static final Pattern FORMAT = Pattern.compile("[A-Z0-9][A-Z0-9-]{2,18}[A-Z0-9]");

    public PrescriptionId {
        if (!FORMAT.matcher(value).matches()) {
            throw new IllegalArgumentException("not a prescription id: " + value);
        }
    }

    /** The id that the text is, if it is one. */
    public static Optional<PrescriptionId> parse(String text) {
        return FORMAT.matcher(text).matches() ? Optional.of(new PrescriptionId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
