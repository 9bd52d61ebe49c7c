package io.venule.dose;

import java.util.Arrays;
import java.util.Optional;

/** Why a soft limit is passed: one tap from a closed list, or words. Kept with the order and shown until the dose is back in range. */
public record OverrideReason(Kind kind, String text) {
    private static final int MAX_LENGTH = 200;

    /** The one-tap list. */
    public enum Kind {
        TITRATING_TO_EFFECT("Titrating to effect"),
        TOLERATES_HIGHER_DOSE("Patient tolerates a higher dose"),
        WEANING("Weaning"),
        PALLIATIVE_CARE("Palliative care"),
        CONFIRMED_WITH_PRESCRIBER("Confirmed with the prescriber"),
        CONFIRMED_WITH_PHARMACIST("Confirmed with the pharmacist"),
        FLUID_RESTRICTED("Fluid restricted"),
        OTHER("Other");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** {@code "Titrating to effect"}. */
        public String words() {
            return words;
        }
    }

    public OverrideReason {
        text = text.strip();
        if (!isOneLine(text)) {
            throw new IllegalArgumentException("a reason is one line of at most " + MAX_LENGTH + " characters");
        }
        if (kind == Kind.OTHER && text.isEmpty()) {
            throw new IllegalArgumentException("another reason is said in words");
        }
    }

    /** A reason from the list, without further words. */
    public static OverrideReason of(Kind kind) {
        return new OverrideReason(kind, "");
    }

    /** A reason as a form names it: the kind's name, and words that may be empty; empty where that is no reason. */
    public static Optional<OverrideReason> parse(String kind, String words) {
        return Arrays.stream(Kind.values())
                .filter(candidate -> candidate.name().equals(kind))
                .filter(candidate -> isOneLine(words) && (candidate != Kind.OTHER || !words.isBlank()))
                .findFirst()
                .map(found -> new OverrideReason(found, words));
    }

    /** A reason in one text, {@code KIND} or {@code KIND: words}; empty where that is no reason. */
    public static Optional<OverrideReason> ofForm(String text) {
        var colon = text.indexOf(':');
        return colon < 0 ? parse(text, "") : parse(text.substring(0, colon), text.substring(colon + 1));
    }

    private static boolean isOneLine(String words) {
        return words.strip().length() <= MAX_LENGTH && words.chars().noneMatch(Character::isISOControl);
    }

    /** {@code "Weaning"}, or {@code "Other: as discussed on the round"}. */
    public String print() {
        return text.isEmpty() ? kind.words() : kind.words() + ": " + text;
    }
}
