package io.venule.pump;

import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;

/** What a pump reports. A channel event names its channel; the others concern the whole pump. Sequence: pump contract, "Receipt and records". */
public sealed interface PumpEvent {
    /** An event of one channel. */
    sealed interface OfChannel extends PumpEvent {
        int channel();
    }

    /** An event of one order on one channel. */
    sealed interface OfOrder extends OfChannel {
        String orderId();
    }

    record OrderAccepted(int channel, String orderId) implements OfOrder {}

    record OrderRejected(int channel, String orderId, String code) implements OfOrder {}

    /** A person confirmed the waiting order at the pump. */
    record Confirmed(int channel, String orderId, String who) implements OfOrder {}

    record Started(int channel, String orderId, FlowRate rate) implements OfOrder {}

    /** The rate changed; {@code who} is a badge or key, {@code cause} one of {@link RateCause}. */
    record RateChanged(int channel, String orderId, FlowRate from, FlowRate to, String who, RateCause cause)
            implements OfOrder {}

    record BolusGiven(int channel, String orderId, Volume volume) implements OfOrder {}

    record Paused(int channel, String orderId, Volume infused) implements OfOrder {}

    record Resumed(int channel, String orderId, FlowRate rate) implements OfOrder {}

    record Stopped(int channel, String orderId, Volume infused, String who) implements OfOrder {}

    record VolumeComplete(int channel, String orderId, Volume infused) implements OfOrder {}

    record KeepVeinOpen(int channel, String orderId, FlowRate rate) implements OfOrder {}

    record AlarmStarted(int channel, AlarmKind alarm) implements OfChannel {}

    record AlarmEnded(int channel, AlarmKind alarm) implements OfChannel {}

    /** An accepted order left the display unstarted: cancelled at the pump or run out of time. */
    record OrderDropped(int channel, String orderId, String cause) implements OfOrder {}

    record LibraryActivated(long releaseCounter, String sha256) implements PumpEvent {}

    record PowerChanged(boolean onMains, int batteryPercent) implements PumpEvent {}

    record DoorChanged(int channel, boolean open) implements OfChannel {}

    record ClockSet(long shiftMillis) implements PumpEvent {}

    record Booted(String softwareRevision) implements PumpEvent {}
}
