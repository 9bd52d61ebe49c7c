package io.venule.simulator;

import io.venule.pump.AlarmKind;
import io.venule.pump.RateCause;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.ObjectBuilder;

/** The {@code event} member of each kind of record, as the pump contract lists them. Rates in µL/h, volumes in µL. */
final class Events {
    private Events() {}

    static JsonObject accepted(int channel, String order) {
        return of("orderAccepted", channel, order).build();
    }

    static JsonObject rejected(int channel, String order, Rejection code) {
        return of("orderRejected", channel, order).put("code", code.name()).build();
    }

    static JsonObject confirmed(int channel, String order, String who) {
        return of("confirmed", channel, order).put("who", who).build();
    }

    static JsonObject started(int channel, String order, long rate) {
        return of("started", channel, order).put("rate", rate(rate)).build();
    }

    static JsonObject rateChanged(int channel, String order, Change change) {
        return of("rateChanged", channel, order)
                .put("cause", change.cause().name())
                .put("from", rate(change.from()))
                .put("to", rate(change.to()))
                .put("who", change.who())
                .build();
    }

    /** From which rate to which, by whom and why. */
    record Change(long from, long to, String who, RateCause cause) {}

    static JsonObject bolusGiven(int channel, String order, long volume) {
        return of("bolusGiven", channel, order).put("volume", volume(volume)).build();
    }

    static JsonObject paused(int channel, String order, long infused) {
        return of("paused", channel, order).put("infused", volume(infused)).build();
    }

    static JsonObject volumeComplete(int channel, String order, long infused) {
        return of("volumeComplete", channel, order)
                .put("infused", volume(infused))
                .build();
    }

    static JsonObject stopped(int channel, String order, long infused, String who) {
        return of("stopped", channel, order)
                .put("infused", volume(infused))
                .put("who", who)
                .build();
    }

    static JsonObject resumed(int channel, String order, long rate) {
        return of("resumed", channel, order).put("rate", rate(rate)).build();
    }

    static JsonObject keepVeinOpen(int channel, String order, long rate) {
        return of("keepVeinOpen", channel, order).put("rate", rate(rate)).build();
    }

    static JsonObject dropped(int channel, String order, String cause) {
        return of("orderDropped", channel, order).put("cause", cause).build();
    }

    static JsonObject alarm(int channel, AlarmKind alarm, boolean starts) {
        return Json.object()
                .put("type", starts ? "alarmStarted" : "alarmEnded")
                .put("channel", channel)
                .put("alarm", alarm.name())
                .build();
    }

    static JsonObject door(int channel, boolean open) {
        return Json.object()
                .put("type", "door")
                .put("channel", channel)
                .put("open", open ? 1 : 0)
                .build();
    }

    static JsonObject libraryActivated(long counter, String sha256) {
        return Json.object()
                .put("type", "libraryActivated")
                .put("counter", counter)
                .put("sha256", sha256)
                .build();
    }

    static JsonObject power(int battery, boolean mains) {
        return Json.object()
                .put("type", "power")
                .put("battery", battery)
                .put("mains", mains ? 1 : 0)
                .build();
    }

    static JsonObject clockSet(long shift) {
        return Json.object().put("type", "clockSet").put("shift", shift).build();
    }

    static JsonObject booted(String software) {
        return Json.object().put("type", "booted").put("software", software).build();
    }

    static JsonObject rate(long microlitresPerHour) {
        return quantity(microlitresPerHour, "mL/h");
    }

    private static JsonObject volume(long microlitres) {
        return quantity(microlitres, "mL");
    }

    private static JsonObject quantity(long thousandths, String unit) {
        return Json.object()
                .put("unit", unit)
                .put("value", Fraction.decimalOfThousandths(thousandths))
                .build();
    }

    private static ObjectBuilder of(String type, int channel, String order) {
        return Json.object().put("type", type).put("channel", channel).put("order", order);
    }
}
