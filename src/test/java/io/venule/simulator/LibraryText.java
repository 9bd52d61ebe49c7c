package io.venule.simulator;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import io.venule.signing.Json.ObjectBuilder;
import java.util.List;

/** A small drug library release for tests, in the canonical form that pumps take. */
public final class LibraryText {
    private LibraryText() {}

    /** Dopamine by weight, ceftriaxone over a time, and two plain fluids, in an intensive care unit. */
    public static byte[] release(long counter) {
        return release(counter, dopamine());
    }

    private static byte[] release(long counter, ObjectBuilder dopamine) {
        return CanonicalJson.write(Json.object()
                .put("ver", 1)
                .put(
                        "library",
                        Json.object()
                                .put("counter", counter)
                                .put("title", "test")
                                .put("use", "tests only"))
                .put("careAreas", List.of(area().build()))
                .put(
                        "drugs",
                        List.of(
                                dopamine.build(),
                                ceftriaxone().build(),
                                saline().build(),
                                glucose().build()))
                .put("products", List.of())
                .build());
    }

    /** The same, where two people check dopamine: {@code always}, or {@code override} for where a soft limit is passed. */
    static byte[] releaseForTwo(long counter, String secondCheck) {
        return release(counter, dopamine().put("secondCheck", secondCheck));
    }

    /** The same, where dopamine may be given as a bolus of up to 100 mcg/kg, 200 at most, at up to 50 mcg/kg/min, 100 at most. */
    public static byte[] releaseWithBolus(long counter, String secondCheck) {
        var bolus = Json.object()
                .put("dose", limits("ug/kg", "", "10", "100", "200"))
                .put("rate", limits("ug/kg/min", "", "", "50", "100"));
        return release(counter, dopamine(standardDopamine().put("bolus", bolus)).put("secondCheck", secondCheck));
    }

    private static ObjectBuilder area() {
        return Json.object()
                .put("code", "icu")
                .put("name", "ICU")
                .put("rate", limits("mL/h", "0.1", "", "", "999"))
                .put("weight", limits("kg", "1", "30", "200", "300"))
                .put("toInfuse", limits("mL", "", "", "", "4000"))
                .put("keepVeinOpen", quantity("mL/h", "5"));
    }

    private static ObjectBuilder dopamine() {
        return dopamine(standardDopamine());
    }

    private static ObjectBuilder dopamine(ObjectBuilder entry) {
        return drug("dopamine", entry);
    }

    private static ObjectBuilder standardDopamine() {
        return Json.object()
                .put("id", "dopamine/icu/standard")
                .put("careArea", "icu")
                .put(
                        "dosing",
                        Json.object()
                                .put("mode", "continuous")
                                .put("dose", limits("ug/kg/min", "0.5", "0.9", "20", "30")))
                .put(
                        "strength",
                        Json.object()
                                .put(
                                        "fixed",
                                        Json.object()
                                                .put("amount", quantity("mg", "400"))
                                                .put("volume", quantity("mL", "250"))));
    }

    private static ObjectBuilder ceftriaxone() {
        return drug(
                "ceftriaxone",
                Json.object()
                        .put("id", "ceftriaxone/icu/standard")
                        .put("careArea", "icu")
                        .put(
                                "dosing",
                                Json.object()
                                        .put("mode", "intermittent")
                                        .put("dose", limits("g", "", "", "2", "4"))
                                        .put("duration", limits("min", "15", "30", "60", "120")))
                        .put("strength", Json.object().put("custom", limits("mg/mL", "", "", "40", "100"))));
    }

    private static ObjectBuilder saline() {
        return drug(
                "saline",
                Json.object()
                        .put("id", "saline/icu/standard")
                        .put("careArea", "icu")
                        .put("dosing", Json.object().put("mode", "fluid"))
                        .put("rate", limits("mL/h", "", "", "250", "500")));
    }

    private static ObjectBuilder glucose() {
        return drug(
                "glucose",
                Json.object()
                        .put("id", "glucose/icu/standard")
                        .put("careArea", "icu")
                        .put("dosing", Json.object().put("mode", "fluid"))
                        .put("rate", limits("mL/h", "25.1", "30.1", "", "")));
    }

    private static ObjectBuilder drug(String code, ObjectBuilder entry) {
        return Json.object()
                .put("code", code)
                .put("name", code)
                .put("tallMan", code)
                .put(
                        "entries",
                        List.of(entry.put("source", "test").put("basis", "own").build()));
    }

    private static ObjectBuilder limits(String unit, String hardLow, String softLow, String softHigh, String hardHigh) {
        var limits = Json.object().put("unit", unit);
        put(limits, "hardLow", hardLow);
        put(limits, "softLow", softLow);
        put(limits, "softHigh", softHigh);
        put(limits, "hardHigh", hardHigh);
        return limits;
    }

    private static void put(ObjectBuilder limits, String name, String value) {
        if (!value.isEmpty()) {
            limits.put(name, value);
        }
    }

    private static ObjectBuilder quantity(String unit, String value) {
        return Json.object().put("unit", unit).put("value", value);
    }
}
