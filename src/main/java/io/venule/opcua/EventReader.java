package io.venule.opcua;

import io.venule.pump.AlarmKind;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpEvent;
import io.venule.pump.RateCause;
import io.venule.signing.JsonMembers;

/** Reads the {@code event} of a record; a type or member that the contract does not list is refused. Source: pump contract, "Records". */
final class EventReader {
    private EventReader() {}

    static PumpEvent read(JsonMembers event) {
        return switch (event.text("type")) {
            case "libraryActivated" ->
                new PumpEvent.LibraryActivated(
                        event.whole("counter", 1, Long.MAX_VALUE),
                        event.digest("sha256").hex());
            case "power" -> new PumpEvent.PowerChanged(yesNo(event, "mains"), event.number("battery", 0, 100));
            case "clockSet" -> new PumpEvent.ClockSet(event.whole("shift"));
            case "booted" -> new PumpEvent.Booted(event.text("software", 100));
            default -> ofChannel(event, event.number("channel", 1, ChannelId.MAX_CHANNELS));
        };
    }

    private static PumpEvent ofChannel(JsonMembers event, int channel) {
        return switch (event.text("type")) {
            case "alarmStarted" -> new PumpEvent.AlarmStarted(channel, event.choice("alarm", AlarmKind.class));
            case "alarmEnded" -> new PumpEvent.AlarmEnded(channel, event.choice("alarm", AlarmKind.class));
            case "door" -> new PumpEvent.DoorChanged(channel, yesNo(event, "open"));
            default -> ofOrder(event, channel, SignedReports.orderId(event, "order"));
        };
    }

    private static PumpEvent ofOrder(JsonMembers event, int channel, String order) {
        return switch (event.text("type")) {
            case "orderAccepted" -> new PumpEvent.OrderAccepted(channel, order);
            case "orderRejected" -> new PumpEvent.OrderRejected(channel, order, event.text("code", 20));
            case "confirmed" -> new PumpEvent.Confirmed(channel, order, who(event));
            case "started" -> new PumpEvent.Started(channel, order, SignedReports.rate(event.object("rate")));
            case "rateChanged" ->
                new PumpEvent.RateChanged(
                        channel,
                        order,
                        SignedReports.rate(event.object("from")),
                        SignedReports.rate(event.object("to")),
                        who(event),
                        event.choice("cause", RateCause.class));
            case "bolusGiven" -> new PumpEvent.BolusGiven(channel, order, SignedReports.volume(event.object("volume")));
            case "paused" -> new PumpEvent.Paused(channel, order, SignedReports.volume(event.object("infused")));
            case "volumeComplete" ->
                new PumpEvent.VolumeComplete(channel, order, SignedReports.volume(event.object("infused")));
            case "stopped" ->
                new PumpEvent.Stopped(channel, order, SignedReports.volume(event.object("infused")), who(event));
            case "resumed" -> new PumpEvent.Resumed(channel, order, SignedReports.rate(event.object("rate")));
            case "keepVeinOpen" -> new PumpEvent.KeepVeinOpen(channel, order, SignedReports.rate(event.object("rate")));
            case "orderDropped" -> new PumpEvent.OrderDropped(channel, order, event.text("cause", 20));
            default -> throw event.refusal("type", "is not one of the contract's");
        };
    }

    private static String who(JsonMembers event) {
        var who = event.text("who");
        if (who.length() > 200) {
            throw event.refusal("who", "is too long");
        }
        return who;
    }

    private static boolean yesNo(JsonMembers event, String name) {
        return event.number(name, 0, 1) == 1;
    }
}
