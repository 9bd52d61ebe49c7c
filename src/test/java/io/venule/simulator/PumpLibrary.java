package io.venule.simulator;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonList;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A drug library release as the pump reads it, by itself, from the canonical bytes that the signatures name. */
final class PumpLibrary {
    private final long counter;
    private final String sha256;
    private final Map<String, LimitSet> limitSets;

    private PumpLibrary(long counter, String sha256, Map<String, LimitSet> limitSets) {
        this.counter = counter;
        this.sha256 = sha256;
        this.limitSets = Map.copyOf(limitSets);
    }

    /** Four limits in one unit; an absent one is no limit. */
    record Bounds(
            String unit,
            Optional<Fraction> hardLow,
            Optional<Fraction> softLow,
            Optional<Fraction> softHigh,
            Optional<Fraction> hardHigh) {
        static final Bounds NONE =
                new Bounds("", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** How an entry is dosed. */
    enum Mode {
        CONTINUOUS,
        INTERMITTENT,
        FLUID
    }

    /** When an order needs two people. */
    enum SecondCheck {
        ALWAYS,
        OVERRIDE,
        NEVER
    }

    /** What the bag may hold: a fixed strength as amount and millilitres, limits on a custom one, or neither. */
    record Bag(Optional<Fixed> fixed, Bounds custom) {}

    /** A strength as the library fixes it. */
    record Fixed(String unit, Fraction amount, Fraction millilitres) {}

    /** The caps of a care area. */
    record Area(Bounds rate, Bounds weight, Bounds toInfuse, Fraction keepVeinOpen) {}

    /** One entry with the caps of its care area. */
    record LimitSet(
            String id,
            String drug,
            Mode mode,
            Bounds dose,
            Bounds duration,
            Bag bag,
            Bounds rate,
            Bounds weight,
            Optional<Bolus> bolus,
            Area area,
            SecondCheck secondCheck) {}

    /** Limits on one bolus from the running bag: its dose, and how fast it is given. */
    record Bolus(Bounds dose, Bounds speed) {}

    long counter() {
        return counter;
    }

    String sha256() {
        return sha256;
    }

    Optional<LimitSet> limitSet(String id) {
        return Optional.ofNullable(limitSets.get(id));
    }

    /** Reads a release; empty where the bytes are not one. */
    static Optional<PumpLibrary> read(byte[] bytes, String sha256) {
        if (!(CanonicalJson.parseCanonical(bytes) instanceof CanonicalJson.Parsed.Ok(JsonObject root))) {
            return Optional.empty();
        }
        try {
            var areas = new HashMap<String, Area>();
            for (var area : list(root, "careAreas")) {
                areas.put(text(area, "code"), area(area));
            }
            var sets = new HashMap<String, LimitSet>();
            for (var drug : list(root, "drugs")) {
                for (var entry : list(drug, "entries")) {
                    var set = limitSet(drug, entry, areas);
                    sets.put(set.id(), set);
                }
            }
            var counter = ((Json.JsonWhole) member(object(root, "library"), "counter")).value();
            return Optional.of(new PumpLibrary(counter, sha256, sets));
        } catch (IllegalArgumentException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static Area area(JsonObject area) {
        return new Area(
                bounds(area, "rate"),
                bounds(area, "weight"),
                bounds(area, "toInfuse"),
                number(object(area, "keepVeinOpen"), "value"));
    }

    private static LimitSet limitSet(JsonObject drug, JsonObject entry, Map<String, Area> areas) {
        var area = areas.get(text(entry, "careArea"));
        if (area == null) {
            throw new IllegalArgumentException("no such care area");
        }
        var dosing = object(entry, "dosing");
        var mode = switch (text(dosing, "mode")) {
            case "continuous" -> Mode.CONTINUOUS;
            case "intermittent" -> Mode.INTERMITTENT;
            case "fluid" -> Mode.FLUID;
            default -> throw new IllegalArgumentException("no such dosing");
        };
        return new LimitSet(
                text(entry, "id"),
                text(drug, "code"),
                mode,
                bounds(dosing, "dose"),
                bounds(dosing, "duration"),
                bag(entry),
                bounds(entry, "rate"),
                bounds(entry, "weight"),
                bolus(entry),
                area,
                secondCheck(drug));
    }

    private static Optional<Bolus> bolus(JsonObject entry) {
        return entry.members().containsKey("bolus")
                ? Optional.of(new Bolus(bounds(object(entry, "bolus"), "dose"), bounds(object(entry, "bolus"), "rate")))
                : Optional.empty();
    }

    private static SecondCheck secondCheck(JsonObject drug) {
        if (!drug.members().containsKey("secondCheck")) {
            return SecondCheck.NEVER;
        }
        return switch (text(drug, "secondCheck")) {
            case "always" -> SecondCheck.ALWAYS;
            case "override" -> SecondCheck.OVERRIDE;
            case "never" -> SecondCheck.NEVER;
            default -> throw new IllegalArgumentException("no such second check");
        };
    }

    private static Bag bag(JsonObject entry) {
        if (!entry.members().containsKey("strength")) {
            return new Bag(Optional.empty(), Bounds.NONE);
        }
        var strength = object(entry, "strength");
        if (!strength.members().containsKey("fixed")) {
            return new Bag(Optional.empty(), bounds(strength, "custom"));
        }
        var fixed = object(strength, "fixed");
        return new Bag(
                Optional.of(new Fixed(
                        text(object(fixed, "amount"), "unit"),
                        number(object(fixed, "amount"), "value"),
                        number(object(fixed, "volume"), "value"))),
                Bounds.NONE);
    }

    private static Bounds bounds(JsonObject parent, String name) {
        if (!parent.members().containsKey(name)) {
            return Bounds.NONE;
        }
        var limits = object(parent, name);
        return new Bounds(
                text(limits, "unit"),
                bound(limits, "hardLow"),
                bound(limits, "softLow"),
                bound(limits, "softHigh"),
                bound(limits, "hardHigh"));
    }

    private static Optional<Fraction> bound(JsonObject limits, String name) {
        return limits.members().containsKey(name) ? Optional.of(number(limits, name)) : Optional.empty();
    }

    private static Fraction number(JsonObject parent, String name) {
        return Fraction.parse(text(parent, name))
                .orElseThrow(() -> new IllegalArgumentException("not a decimal: " + name));
    }

    private static String text(JsonObject parent, String name) {
        return ((JsonText) member(parent, name)).value();
    }

    private static JsonObject object(JsonObject parent, String name) {
        return (JsonObject) member(parent, name);
    }

    private static List<JsonObject> list(JsonObject parent, String name) {
        return ((JsonList) member(parent, name))
                .items().stream().map(JsonObject.class::cast).toList();
    }

    private static Json member(JsonObject parent, String name) {
        var value = parent.members().get(name);
        if (value == null) {
            throw new IllegalArgumentException("missing: " + name);
        }
        return value;
    }
}
