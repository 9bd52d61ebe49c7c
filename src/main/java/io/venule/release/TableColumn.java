package io.venule.release;

import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One column of a table of entries: one member of an entry that is no object itself.
 *
 * @param name as it stands in the header
 * @param path of the member below its entry
 * @param number whether its cells are decimals
 */
record TableColumn(String name, List<String> path, boolean number) {
    static final TableColumn ID = text("id", "id");
    /** In the order of the header. */
    static final List<TableColumn> ALL = all();

    private static final JsonObject EMPTY = new JsonObject(new TreeMap<>());

    TableColumn {
        path = List.copyOf(path);
    }

    private static List<TableColumn> all() {
        var columns = new ArrayList<TableColumn>();
        columns.addAll(
                List.of(ID, text("careArea", "careArea"), text("therapy", "therapy"), text("mode", "dosing", "mode")));
        columns.addAll(limits("dose", "dosing", "dose"));
        columns.addAll(limits("duration", "dosing", "duration"));
        columns.addAll(List.of(
                number("strengthAmount", "strength", "fixed", "amount", "value"),
                text("strengthAmountUnit", "strength", "fixed", "amount", "unit"),
                number("strengthVolume", "strength", "fixed", "volume", "value"),
                text("strengthVolumeUnit", "strength", "fixed", "volume", "unit")));
        columns.addAll(limits("concentration", "strength", "custom"));
        columns.addAll(limits("rate", "rate"));
        columns.addAll(limits("weight", "weight"));
        columns.addAll(limits("bolusDose", "bolus", "dose"));
        columns.addAll(limits("bolusRate", "bolus", "rate"));
        columns.addAll(List.of(
                number("start", "start", "value"),
                text("startUnit", "start", "unit"),
                text("usual", "usual"),
                text("source", "source"),
                text("basis", "basis"),
                text("note", "note")));
        return List.copyOf(columns);
    }

    private static TableColumn text(String name, String... path) {
        return new TableColumn(name, List.of(path), false);
    }

    private static TableColumn number(String name, String... path) {
        return new TableColumn(name, List.of(path), true);
    }

    private static List<TableColumn> limits(String name, String... path) {
        return List.of(
                new TableColumn(name + "Unit", below(path, "unit"), false),
                new TableColumn(name + "HardLow", below(path, "hardLow"), true),
                new TableColumn(name + "SoftLow", below(path, "softLow"), true),
                new TableColumn(name + "SoftHigh", below(path, "softHigh"), true),
                new TableColumn(name + "HardHigh", below(path, "hardHigh"), true));
    }

    private static List<String> below(String[] path, String member) {
        var full = new ArrayList<>(List.of(path));
        full.add(member);
        return full;
    }

    /** Whether the member, or the object that it is in, is at this place. */
    boolean isAt(String place) {
        var own = String.join("/", path);
        return own.equals(place) || own.startsWith(place + "/");
    }

    /** What the entry says here; empty where it says nothing. */
    String of(Json entry) {
        var found = entry;
        for (var name : path) {
            if (!(found instanceof JsonObject(var members)) || !members.containsKey(name)) {
                return "";
            }
            found = members.getOrDefault(name, EMPTY);
        }
        return found instanceof JsonText(var text) ? text : "";
    }

    /** The entry with this member too. */
    JsonObject put(JsonObject entry, String value) {
        return put(entry, path, value);
    }

    private static JsonObject put(JsonObject object, List<String> path, String value) {
        var members = new TreeMap<>(object.members());
        var name = path.getFirst();
        if (path.size() == 1) {
            members.put(name, Json.text(value));
        } else {
            var inner = members.get(name) instanceof JsonObject known ? known : EMPTY;
            members.put(name, put(inner, path.subList(1, path.size()), value));
        }
        return new JsonObject(members);
    }
}
