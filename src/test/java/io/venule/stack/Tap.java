package io.venule.stack;

import io.venule.signing.Digest;
import io.venule.simulator.FleetPump;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A form on a nurse's page, sent by each of her taps.
 *
 * @param path where it is sent to
 */
record Tap(Sort sort, Place place, String path, Map<String, Object> form) {
    static final String ORDERS = "/api/v1/orders";
    static final String NURSE = "nurse";
    static final String COLLEAGUE = "nurse2";
    private static final int ID = 32;

    /** What an order asks for. */
    enum Sort {
        /** A program that one nurse sends. */
        PROGRAM("RX-1011", false),
        /** A program of a drug that two look at. */
        BY_TWO("RX-1008", true),
        /** Another rate for what runs. */
        RATE("RX-1011", false),
        /** A bolus from the running bag. */
        BOLUS("RX-1013", false),
        /** Taking back what waits for START. */
        TAKE_BACK("RX-1011", false),
        /** Having the pump ask for STOP where something runs. */
        STOP("RX-1011", false);

        private final String prescription;
        private final boolean needsTwo;

        Sort(String prescription, boolean needsTwo) {
            this.prescription = prescription;
            this.needsTwo = needsTwo;
        }

        String prescription() {
            return prescription;
        }

        /** Whether it changes what runs, and waits for START beside it. */
        boolean changes() {
            return this == RATE || this == BOLUS;
        }

        /** Whether it ends another order; it has no row of its own then, and each tap is one more. */
        boolean ends() {
            return this == TAKE_BACK || this == STOP;
        }

        /** Whether the colleague looks at it first. */
        boolean needsTwo() {
            return needsTwo;
        }
    }

    /** A channel of a pump, and what its display shows. */
    record Place(FleetPump pump, int channel) {
        @Override
        public String toString() {
            return pump.enrolment().serial() + "/" + channel;
        }

        FrontPanelClient panel() {
            return new FrontPanelClient(pump.panel());
        }

        /** Whether the display shows nothing of an order of this sort. */
        boolean showsNone(Sort sort) throws IOException, InterruptedException {
            var shown = panel().channel(channel);
            return switch (sort) {
                case PROGRAM, BY_TWO, TAKE_BACK -> shown.get("state").asText().equals("IDLE");
                case RATE, BOLUS -> shown.get("change").asText().isEmpty();
                case STOP -> shown.get("stopAsked").asText().isEmpty();
            };
        }
    }

    Tap {
        form = Map.copyOf(form);
    }

    /** The order that is to be changed or ended. */
    String target() {
        var from = ORDERS.length() + 1;
        return path.substring(from, from + ID);
    }

    String submission() {
        return String.valueOf(form.get("submission"));
    }

    /** Of the one order that may take the place of a refused one. */
    String anew() {
        return Digest.ofText("anew " + submission()).hex().substring(0, 32);
    }

    /** The same on the colleague's own page. */
    Map<String, Object> colleagues() {
        var theirs = new HashMap<>(form);
        theirs.put("submission", theirSubmission());
        return theirs;
    }

    private String theirSubmission() {
        return Digest.ofText("colleague " + submission()).hex().substring(0, 32);
    }

    /** Under one of which the order is, when it is there. */
    List<String> submissions() {
        return List.of(submission(), theirSubmission());
    }
}
