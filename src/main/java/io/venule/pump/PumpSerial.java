package io.venule.pump;

import java.util.Optional;
import java.util.regex.Pattern;

/** A pump's serial number as on its nameplate: 4 to 20 capital letters, digits and hyphens. */
public record PumpSerial(String value) implements Comparable<PumpSerial> {
    private static final Pattern FORMAT = Pattern.compile("[A-Z0-9][A-Z0-9-]{2,18}[A-Z0-9]");

    public PumpSerial {
        if (!FORMAT.matcher(value).matches()) {
            throw new IllegalArgumentException("not a pump serial: " + value);
        }
    }

    /** The serial that the text is, if it is one. */
    public static Optional<PumpSerial> parse(String text) {
        return FORMAT.matcher(text).matches() ? Optional.of(new PumpSerial(text)) : Optional.empty();
    }

    @Override
    public int compareTo(PumpSerial other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
