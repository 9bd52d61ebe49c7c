package io.venule.release;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The words after a command's name: its places, then each of its options once, with a value. */
record CommandWords(List<String> places, Map<String, String> options) {
    CommandWords {
        places = List.copyOf(places);
        options = Map.copyOf(options);
    }

    /** Empty where something is missing, twice or unknown. */
    static Optional<CommandWords> of(List<String> words, int places, String... options) {
        var rest = words.subList(1, words.size());
        if (rest.size() != places + 2 * options.length
                || rest.subList(0, places).stream().anyMatch(place -> place.startsWith("-"))) {
            return Optional.empty();
        }
        var given = new TreeMap<String, String>();
        for (int i = places; i < rest.size(); i += 2) {
            given.put(rest.get(i), rest.get(i + 1));
        }
        return given.keySet().equals(Set.of(options))
                ? Optional.of(new CommandWords(rest.subList(0, places), given))
                : Optional.empty();
    }

    String place(int index) {
        return places.get(index);
    }

    String option(String name) {
        return Objects.requireNonNull(options.get(name), name);
    }
}
