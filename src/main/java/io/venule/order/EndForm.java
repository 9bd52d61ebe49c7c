package io.venule.order;

import java.util.Arrays;
import java.util.Optional;

/** What a nurse asks for who wants an order ended: which one, how, and why. */
public record EndForm(OrderId order, What what, Reason reason) {
    /** Taking back what waits for START, or stopping what runs. */
    public enum What {
        CANCEL,
        STOP;

        /** As the order document names it. */
        String op() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Why, in one tap; nobody has to type while something wrong runs. Names are part of the log's format. */
    public enum Reason {
        PATIENT_CHANGED("The patient's condition changed"),
        WRONG_SETTING("Wrong drug, dose or pump"),
        LINE_OR_SITE("Trouble with line or site"),
        PRESCRIBER("The prescriber said so"),
        NOT_NEEDED("No longer needed"),
        OTHER("Another reason");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        /** The reason of this name; empty when it is none of ours. */
        public static Optional<Reason> parse(String name) {
            return Arrays.stream(values())
                    .filter(reason -> reason.name().equals(name))
                    .findFirst();
        }
    }
}
