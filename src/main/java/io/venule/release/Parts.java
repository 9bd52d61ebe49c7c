package io.venule.release;

import io.venule.signing.Json;
import io.venule.signing.Json.JsonList;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** A library's parts, and the one text that they join to. */
record Parts(Part library, Part careAreas, List<Part> drugs, Part products) {
    private static final int VERSION = 1;

    Parts {
        drugs = List.copyOf(drugs);
    }

    static List<Json> items(Part part, Faults faults) {
        if (part.json() instanceof JsonList(var items)) {
            return items;
        }
        faults.add(part.place(), "it is not a list", "Write it as […]");
        return List.of();
    }

    /** The release text: lists in the order of their codes, ids and GTINs, so that one library has one text. */
    JsonObject joined() {
        var drugTexts = drugs.stream().map(part -> sortedEntries(part.json())).toList();
        return Json.object()
                .put("careAreas", sorted(careAreas.json(), "code"))
                .put("drugs", sorted(Json.list(drugTexts), "code"))
                .put("library", library.json())
                .put("products", sorted(products.json(), "gtin"))
                .put("ver", VERSION)
                .build();
    }

    private static Json sortedEntries(Json drug) {
        if (!(drug instanceof JsonObject(var members)) || !members.containsKey("entries")) {
            return drug;
        }
        var sorted = new TreeMap<>(members);
        sorted.computeIfPresent("entries", (_, entries) -> sorted(entries, "id"));
        return new JsonObject(sorted);
    }

    private static Json sorted(Json list, String key) {
        return list instanceof JsonList(var items)
                ? new JsonList(items.stream()
                        .sorted(Comparator.comparing(item -> key(item, key)))
                        .toList())
                : list;
    }

    private static String key(Json item, String name) {
        return item instanceof JsonObject(var members) && members.get(name) instanceof JsonText(var text) ? text : "";
    }
}
