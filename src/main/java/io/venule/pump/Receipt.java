package io.venule.pump;

import java.util.Arrays;

/**
 * A pump's signed answer to an order, verified. Source: pump contract, "Receipt".
 *
 * @param order id of the order; empty when the pump could not read it
 * @param answer accepted, or the typed rejection
 * @param signed the exact signed text
 */
public record Receipt(
        ChannelId channel,
        String order,
        String orderHash,
        Answer answer,
        ChannelState after,
        long stateVersion,
        String signed) {
    /** The pump's yes or no. */
    public sealed interface Answer {
        record Accepted() implements Answer {}

        record Rejected(Rejection code) implements Answer {}
    }

    /** Why a pump refuses an order. */
    public enum Rejection {
        SIGNATURE("the pump does not trust the signature"),
        AUDIENCE("the order was made for another pump or an earlier start of this one"),
        EXPIRED("the order was more than 60 seconds old"),
        NOT_YET("the pump's clock is behind"),
        REPLAY("the pump has seen this order before"),
        SEQUENCE("another order came first"),
        NONCE("the pump no longer expected this order and did not take it"),
        EXPECTATION("the pump's state changed since the order was approved"),
        LIBRARY("the pump works with another drug library"),
        LIMIT("the pump's own limits refuse this rate"),
        PATIENT("the pump is in use for another patient"),
        MALFORMED("the pump could not read the order"),
        BUSY("the pump is busy"),
        LEASE("a newer server controls this pump"),
        ROLLBACK("the server's log is older than one the pump has seen");

        private final String sentence;

        /** The rejection of this code; a code that no contract of ours has is one that we cannot read either. */
        public static Rejection ofCode(String code) {
            return Arrays.stream(values())
                    .filter(rejection -> rejection.name().equals(code))
                    .findFirst()
                    .orElse(MALFORMED);
        }

        Rejection(String sentence) {
            this.sentence = sentence;
        }

        /** What the nurse reads. */
        public String sentence() {
            return sentence;
        }
    }
}
