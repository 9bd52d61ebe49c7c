package io.venule.release;

import io.venule.druglibrary.Difference;
import io.venule.druglibrary.Difference.Added;
import io.venule.druglibrary.Difference.Changed;
import io.venule.druglibrary.Difference.Fact;
import io.venule.druglibrary.Difference.Removed;
import io.venule.druglibrary.Difference.Row;
import io.venule.druglibrary.LibraryDiff;
import io.venule.druglibrary.LibraryDiff.Section;
import io.venule.druglibrary.LibraryVersion;
import io.venule.signing.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A comparison written out: lines for people, JSON for machines. */
final class DiffText {
    private DiffText() {}

    /** The last line says how many differences are flagged. */
    static List<String> lines(LibraryDiff diff) {
        var lines = new ArrayList<String>();
        lines.add("Old: " + named(diff.before()));
        lines.add("New: " + named(diff.after()));
        if (!rises(diff)) {
            lines.add(
                    "The counter of the new one is not above the old one's: raise it in library.json before anybody signs.");
        }
        lines.add("");
        diff.sections().stream()
                .map(section -> section.part().word() + ": "
                        + section.differences().size() + " different, " + section.unchanged() + " unchanged")
                .forEach(lines::add);
        lines("Flagged, the gravest first:", diff, true, lines);
        lines("Not flagged:", diff, false, lines);
        lines.add("");
        lines.add(verdict(diff));
        return List.copyOf(lines);
    }

    /** One counter names one release; pumps take no older one. */
    private static boolean rises(LibraryDiff diff) {
        return diff.after().counter() > diff.before().counter() || diff.after().equals(diff.before());
    }

    private static String verdict(LibraryDiff diff) {
        if (diff.isEmpty()) {
            return diff.before().equals(diff.after())
                    ? "OK: it is the same release."
                    : "OK: nothing is permitted or meant otherwise than before.";
        }
        return diff.flagged() == 0
                ? "OK: nothing is flagged."
                : "FLAGGED: look at " + diff.flagged() + " of "
                        + diff.differences().count() + " differences.";
    }

    private static void lines(String title, LibraryDiff diff, boolean flagged, List<String> lines) {
        var wanted = diff.byGravity().stream()
                .filter(placed -> placed.difference().gravest().isFlagged() == flagged)
                .toList();
        if (!wanted.isEmpty()) {
            lines.add("");
            lines.add(title);
        }
        for (var placed : wanted) {
            lines.add((flagged ? "  ! " : "    ") + named(placed));
            details(placed.difference()).map(detail -> "      " + detail).forEach(lines::add);
        }
    }

    private static String named(LibraryDiff.Placed placed) {
        var difference = placed.difference();
        var named = placed.part().one() + " " + difference.key() + " (" + difference.name() + ")";
        return difference instanceof Changed
                ? named
                : named + ": " + difference.gravest().word();
    }

    private static Stream<String> details(Difference difference) {
        return switch (difference) {
            case Added(var key, var name, var facts) -> facts.stream().map(fact -> fact.what() + ": " + fact.text());
            case Removed(var key, var name, var facts) -> facts.stream().map(fact -> fact.what() + ": " + fact.text());
            case Changed(var key, var name, var rows) ->
                rows.stream()
                        .map(row -> row.what() + ": " + row.before() + " -> " + row.after() + " ["
                                + row.flag().word() + "]");
        };
    }

    /** {@code "release 3, 5f…"}. */
    static String named(LibraryVersion version) {
        return "release " + version.counter() + ", " + version.sha256();
    }

    static Json json(LibraryVersion version) {
        return Json.object()
                .put("counter", version.counter())
                .put("sha256", version.sha256())
                .build();
    }

    static Json json(LibraryDiff diff) {
        return Json.object()
                .put("before", json(diff.before()))
                .put("after", json(diff.after()))
                .put("flagged", diff.flagged())
                .put(
                        "parts",
                        Json.list(diff.sections().stream().map(DiffText::json).toList()))
                .build();
    }

    private static Json json(Section section) {
        return Json.object()
                .put("part", section.part().word().toLowerCase(Locale.ROOT))
                .put("unchanged", section.unchanged())
                .put(
                        "differences",
                        Json.list(section.differences().stream()
                                .map(DiffText::json)
                                .toList()))
                .build();
    }

    private static Json json(Difference difference) {
        var json = Json.object()
                .put("key", difference.key())
                .put("name", difference.name())
                .put("flag", difference.gravest().word());
        return switch (difference) {
            case Added(var key, var name, var facts) ->
                json.put("facts", facts(facts))
                        .put("rows", Json.list(List.of()))
                        .build();
            case Removed(var key, var name, var facts) ->
                json.put("facts", facts(facts))
                        .put("rows", Json.list(List.of()))
                        .build();
            case Changed(var key, var name, var rows) ->
                json.put("facts", Json.list(List.of()))
                        .put("rows", Json.list(rows.stream().map(DiffText::json).toList()))
                        .build();
        };
    }

    private static Json facts(List<Fact> facts) {
        return Json.list(facts.stream()
                .map(fact -> Json.object()
                        .put("what", fact.what())
                        .put("text", fact.text())
                        .build())
                .toList());
    }

    private static Json json(Row row) {
        return Json.object()
                .put("what", row.what())
                .put("before", row.before())
                .put("after", row.after())
                .put("flag", row.flag().word())
                .build();
    }
}
