package io.venule.simulation;

import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import io.venule.quantity.Volume;
import io.venule.simulator.BarePump;
import java.util.List;

/**
 * An order before the pump's judgement, and what the pump knew just before. The contract's rules are asked once more here, in their order,
 * of what can be seen from above.
 *
 * @param wall the pump's wall clock
 * @param fresh whether the pump gave the order's nonce less than 30 s ago
 * @param revoked whether the pump took a list of revoked keys that names the order's
 * @param fences the highest lease and log size that the pump has acted under
 */
record Judging(
        PumpNode pump,
        ChannelId channel,
        OrderFacts order,
        long wall,
        String epoch,
        BarePump.Panel panel,
        ChannelSeen seen,
        boolean fresh,
        boolean revoked,
        List<Long> fences) {
    /** The first rule that the order breaks; {@code ACCEPTED} where none is broken. */
    String firstBrokenRule() {
        if (revoked || !KeysOnPaper.areValidAt(wall)) {
            return "SIGNATURE";
        }
        if (!order.text("aud", "serial").equals(pump.serial().value())
                || order.whole("aud", "channel") != channel.channel()
                || !order.text("aud", "epoch").equals(epoch)) {
            return "AUDIENCE";
        }
        return order.isEnd() ? firstOfAnEnd() : firstInTurn();
    }

    private String firstOfAnEnd() {
        if (!fresh) {
            return "NONCE";
        }
        return isThere() ? "ACCEPTED" : "EXPECTATION";
    }

    /** Whether what is to end waits here, or for a stop also runs. */
    boolean isThere() {
        return seen.waitsFor(order) || (order.text("op").equals("stop") && isAtWork() && seen.worksOn(order));
    }

    private boolean isAtWork() {
        return !isFree(panel.state()) && panel.state() != ChannelState.ORDER_PENDING;
    }

    private String firstInTurn() {
        if (wall >= order.whole("exp")) {
            return "EXPIRED";
        }
        if (wall < order.whole("nbf")) {
            return "NOT_YET";
        }
        if (!seen.isNextAfter(order)) {
            return "SEQUENCE";
        }
        if (!fresh) {
            return "NONCE";
        }
        if (!isAsExpected()) {
            return "EXPECTATION";
        }
        if (order.isBolus() && leftAfterBolus() < 0) {
            return "LIMIT";
        }
        if (order.isChange() && (seen.change().isPresent() || seen.givesBolus())) {
            return "BUSY";
        }
        if (order.whole("lease") < fences.get(0)) {
            return "LEASE";
        }
        return order.whole("log", "size") < fences.get(1) ? "ROLLBACK" : "ACCEPTED";
    }

    /** Whether a bolus takes all that is left by the display, so that a fraction of a microlitre decides. */
    boolean isJustLeft() {
        return order.isBolus() && leftAfterBolus() == 0;
    }

    private long leftAfterBolus() {
        return Volume.ofMillilitres(panel.toInfuse()).microlitres()
                - Volume.ofMillilitres(panel.infused()).microlitres()
                - Volume.ofMillilitres(order.text("volume", "value")).microlitres();
    }

    /** Whether the pump is as it was when the order was approved, and a change finds what it changes. */
    boolean isAsExpected() {
        return order.text("expect", "state").equals(panel.state().name())
                && order.whole("expect", "stateVersion") == panel.stateVersion()
                && (!order.isChange() || (panel.state() == ChannelState.RUNNING && seen.worksOn(order)));
    }

    static boolean isFree(ChannelState state) {
        return state == ChannelState.IDLE || state == ChannelState.COMPLETE;
    }
}
