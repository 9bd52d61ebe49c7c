package io.venule.web.library;

import io.venule.druglibrary.Difference;
import io.venule.druglibrary.Difference.Added;
import io.venule.druglibrary.Difference.Changed;
import io.venule.druglibrary.Difference.Fact;
import io.venule.druglibrary.Difference.Removed;
import io.venule.druglibrary.Flag;
import io.venule.druglibrary.LibraryDiff;
import java.util.List;
import java.util.stream.Stream;

/**
 * One line of a comparison side by side.
 *
 * @param what the member; empty where it is the whole thing
 * @param before what it said, in lines
 * @param after what it says, in lines
 * @param tone colour, beside icon and word
 */
public record ChangeRow(
        String part,
        String key,
        String name,
        String what,
        List<String> before,
        List<String> after,
        String flag,
        String icon,
        String tone) {
    private static final List<String> NOT_THERE = List.of("not there");

    /** Flagged ones or the others, the gravest first. */
    static List<ChangeRow> of(LibraryDiff diff, boolean flagged) {
        return diff.byGravity().stream()
                .filter(placed -> placed.difference().gravest().isFlagged() == flagged)
                .flatMap(placed -> rows(placed.part().one(), placed.difference()))
                .toList();
    }

    private static Stream<ChangeRow> rows(String part, Difference difference) {
        return switch (difference) {
            case Added a -> Stream.of(whole(part, a, NOT_THERE, lines(a.facts())));
            case Removed r -> Stream.of(whole(part, r, lines(r.facts()), NOT_THERE));
            case Changed(var key, var name, var rows) ->
                rows.stream()
                        .map(row -> new ChangeRow(
                                part,
                                key,
                                name,
                                row.what(),
                                List.of(row.before()),
                                List.of(row.after()),
                                row.flag().word(),
                                icon(row.flag()),
                                tone(row.flag())));
        };
    }

    private static ChangeRow whole(String part, Difference difference, List<String> before, List<String> after) {
        var flag = difference.gravest();
        return new ChangeRow(
                part,
                difference.key(),
                difference.name(),
                "the whole " + part,
                before,
                after,
                flag.word(),
                icon(flag),
                tone(flag));
    }

    private static List<String> lines(List<Fact> facts) {
        return facts.stream().map(fact -> fact.what() + ": " + fact.text()).toList();
    }

    private static String tone(Flag flag) {
        return switch (flag) {
            case OTHER_DRUG, OTHER_CONTENT, OTHER_AREA, UNIT_CHANGED, HARD_WIDENED -> "bad";
            case LESS_CHECKED, BOLUS_ALLOWED, START_CHANGED, WIDENED, ADDED -> "warn";
            case REMOVED, NARROWED, MORE_CHECKED -> "info";
            case TEXT -> "quiet";
        };
    }

    private static String icon(Flag flag) {
        return switch (flag) {
            case OTHER_DRUG, OTHER_CONTENT, OTHER_AREA, UNIT_CHANGED, HARD_WIDENED -> "x-octagon-fill";
            case LESS_CHECKED, BOLUS_ALLOWED, START_CHANGED, WIDENED, ADDED -> "exclamation-triangle-fill";
            case REMOVED, NARROWED, MORE_CHECKED -> "shield-check";
            case TEXT -> "info-circle-fill";
        };
    }
}
