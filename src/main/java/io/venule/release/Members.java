package io.venule.release;

import io.venule.release.Faults.Place;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonList;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Json.JsonWhole;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An object of the library text, read against a closed schema; what does not fit is a fault at this place, and reading goes on. */
final class Members {
    private static final int MAX_TEXT = 1_000;

    private final JsonObject object;
    private final Place place;
    private final Faults faults;
    private final Set<String> asked = new HashSet<>();

    private Members(JsonObject object, Place place, Faults faults) {
        this.object = object;
        this.place = place;
        this.faults = faults;
    }

    /** Anything but an object is a fault and reads as an empty one. */
    static Members of(Json json, String what, Place place, Faults faults) {
        if (json instanceof JsonObject object) {
            return new Members(object, place, faults);
        }
        faults.add(place, what + " is not an object", "Write it as {…}");
        return new Members(new JsonObject(new TreeMap<>()), place, faults);
    }

    /** The same members, their faults reported at a narrower place. */
    Members at(String entry) {
        return new Members(object, place.in(entry), faults);
    }

    Place place() {
        return place;
    }

    void fault(String problem, String remedy) {
        faults.add(place, problem, remedy);
    }

    /** A fault of one member of this object. */
    void fault(String member, String problem, String remedy) {
        faults.add(place.member(member), problem, remedy);
    }

    boolean has(String name) {
        return object.members().containsKey(name);
    }

    private Optional<Json> member(String name) {
        asked.add(name);
        return Optional.ofNullable(object.members().get(name));
    }

    private Optional<Json> required(String name) {
        var value = member(name);
        if (value.isEmpty()) {
            fault(name, name + " is missing", "Add \"" + name + "\"");
        }
        return value;
    }

    /** Text of 1 to 1,000 characters. */
    String text(String name) {
        return required(name).map(value -> text(name, value)).orElse("");
    }

    /** Text, or empty where the member is absent. */
    String optionalText(String name) {
        return member(name).map(value -> text(name, value)).orElse("");
    }

    private String text(String name, Json value) {
        if (value instanceof JsonText(var text) && !text.isBlank() && text.length() <= MAX_TEXT) {
            return text;
        }
        fault(name, name + " is not a text of 1 to " + MAX_TEXT + " characters", "Write it as \"…\", or leave it out");
        return "";
    }

    long counter(String name) {
        var value = required(name);
        if (value.isPresent() && value.get() instanceof JsonWhole(var whole) && whole >= 1) {
            return whole;
        }
        if (value.isPresent()) {
            fault(name, name + " is not a whole number from 1", "Count releases from 1");
        }
        return 1;
    }

    Members object(String name) {
        return required(name)
                .map(value -> of(value, name, place.member(name), faults))
                .orElseGet(() -> new Members(new JsonObject(new TreeMap<>()), place, faults).quiet());
    }

    Optional<Members> optionalObject(String name) {
        return member(name).map(value -> of(value, name, place.member(name), faults));
    }

    List<Json> list(String name) {
        return required(name).map(value -> list(name, value)).orElse(List.of());
    }

    private List<Json> list(String name, Json value) {
        if (value instanceof JsonList(var items)) {
            return items;
        }
        fault(name, name + " is not a list", "Write it as […]");
        return List.of();
    }

    List<String> texts(String name) {
        return list(name).stream().map(item -> text(name, item)).toList();
    }

    /** Members nobody asked for are faults. */
    void end() {
        end("unknown member ", "Take it out or correct its name");
    }

    /** The same, said of what has no such member. */
    void end(String problem, String remedy) {
        for (var name : object.members().keySet()) {
            if (!asked.contains(name)) {
                fault(name, problem + name, remedy);
            }
        }
    }

    /** What stands in for a missing object reports nothing more: one fault for one mistake. */
    private Members quiet() {
        return new Members(object, place, new Faults());
    }
}
