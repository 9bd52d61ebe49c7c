package io.venule.dose;

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
        if (text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
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

    /** {@code "Weaning"}, or {@code "Other: as discussed on the round"}. */
    public String print() {
        return text.isEmpty() ? kind.words() : kind.words() + ": " + text;
    }
}
