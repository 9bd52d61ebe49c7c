package io.venule.order;

import io.venule.pairing.Lot;
import java.time.Instant;

/**
 * That a lot must not be used any more. No bag of it is paired from then on; what runs goes on until a person stops it.
 *
 * @param number which one, for whoever lifts it
 * @param reference how its source names it, such as a number of the authority's; empty where none was given
 */
public record Recall(long number, Lot lot, Reason reason, String reference, Instant since) {
    /** Who says so. Names are part of the log's format. */
    public enum Reason {
        MAKER("The maker recalls it"),
        AUTHORITY("An authority recalls it"),
        PHARMACY("Our pharmacy found something wrong"),
        BEDSIDE("Something was wrong at a bedside");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** Why a recall holds no longer. Names are part of the log's format. */
    public enum Lifted {
        ENDED("Who recalled it has ended the recall"),
        MISTAKEN("It was entered by mistake");

        private final String words;

        Lifted(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
