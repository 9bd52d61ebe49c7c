package io.venule.druglibrary;

import io.venule.druglibrary.Difference.Added;
import io.venule.druglibrary.Difference.Changed;
import io.venule.druglibrary.Difference.Fact;
import io.venule.druglibrary.Difference.Removed;
import io.venule.druglibrary.Difference.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is different between two releases of a drug library in what they permit and mean, not in how they are written. Quantities are compared exactly; those
 * of different kinds are never compared. What the library's text has beyond its values (the sources of care areas, the lists of units that a drug may use) is
 * not looked at. Source: EXPECTATIONS row 22; docs/drug-library.md, "Comparing releases".
 *
 * @param sections one of each {@link Part}, in their order
 */
public record LibraryDiff(LibraryVersion before, LibraryVersion after, List<Section> sections) {
    public LibraryDiff {
        sections = List.copyOf(sections);
    }

    /** The parts of a library. */
    public enum Part {
        LIBRARY("Library", "library"),
        CARE_AREAS("Care areas", "care area"),
        DRUGS("Drugs", "drug"),
        ENTRIES("Entries", "entry"),
        PRODUCTS("Products", "product");

        private final String word;
        private final String one;

        Part(String word, String one) {
            this.word = word;
            this.one = one;
        }

        /** For people: {@code "Care areas"}. */
        public String word() {
            return word;
        }

        /** One of it: {@code "care area"}. */
        public String one() {
            return one;
        }
    }

    /**
     * One part of the library.
     *
     * @param differences the gravest first, then by code, id or GTIN
     * @param unchanged how many are the same in both
     */
    public record Section(Part part, List<Difference> differences, int unchanged) {
        public Section {
            differences = differences.stream()
                    .sorted(Comparator.comparing(Difference::gravest).thenComparing(Difference::key))
                    .toList();
        }
    }

    /** A difference and the part that it is in. */
    public record Placed(Part part, Difference difference) {}

    /** How one part is named and compared. */
    private record Comparison<V>(
            Part part, Function<V, String> name, BiFunction<V, V, List<Row>> rows, Function<V, List<Fact>> facts) {}

    private static final Comparison<String> TITLE = new Comparison<>(
            Part.LIBRARY,
            Function.identity(),
            (before, after) -> before.equals(after) ? List.of() : List.of(new Row("Title", before, after, Flag.TEXT)),
            _ -> List.of());
    private static final Comparison<CareArea> CARE_AREAS =
            new Comparison<>(Part.CARE_AREAS, CareArea::name, PartDiffs::careArea, PartDiffs::facts);
    private static final Comparison<Drug> DRUGS =
            new Comparison<>(Part.DRUGS, Drug::tallMan, PartDiffs::drug, PartDiffs::facts);
    private static final Comparison<LibraryEntry> ENTRIES =
            new Comparison<>(Part.ENTRIES, EntryDiff::name, EntryDiff::rows, EntryDiff::facts);
    private static final Comparison<Product> PRODUCTS =
            new Comparison<>(Part.PRODUCTS, Product::name, PartDiffs::product, PartDiffs::facts);

    public static LibraryDiff between(DrugLibrary before, DrugLibrary after) {
        return new LibraryDiff(
                before.version(),
                after.version(),
                List.of(
                        section(TITLE, Map.of("title", before.title()), Map.of("title", after.title())),
                        section(
                                CARE_AREAS,
                                byKey(before.careAreas(), CareArea::code),
                                byKey(after.careAreas(), CareArea::code)),
                        section(DRUGS, drugs(before), drugs(after)),
                        section(
                                ENTRIES,
                                byKey(before.entries(), LibraryEntry::id),
                                byKey(after.entries(), LibraryEntry::id)),
                        section(
                                PRODUCTS,
                                byKey(before.products(), Product::gtin),
                                byKey(after.products(), Product::gtin))));
    }

    /** Every difference, part by part. */
    public Stream<Difference> differences() {
        return sections.stream().flatMap(section -> section.differences().stream());
    }

    /** Every difference, the gravest first, then part by part. */
    public List<Placed> byGravity() {
        return sections.stream()
                .flatMap(section -> section.differences().stream().map(one -> new Placed(section.part(), one)))
                .sorted(Comparator.comparing(placed -> placed.difference().gravest()))
                .toList();
    }

    /** Whether both permit and mean the same. */
    public boolean isEmpty() {
        return differences().findAny().isEmpty();
    }

    /** How many of the differences may permit what was not permitted before. */
    public long flagged() {
        return differences().filter(one -> one.gravest().isFlagged()).count();
    }

    private static Map<String, Drug> drugs(DrugLibrary library) {
        return byKey(library.entries().stream().map(LibraryEntry::drug).toList(), Drug::code);
    }

    private static <V> Map<String, V> byKey(Collection<V> values, Function<V, String> key) {
        var byKey = new TreeMap<String, V>();
        values.forEach(value -> byKey.putIfAbsent(key.apply(value), value));
        return byKey;
    }

    private static <V> Section section(Comparison<V> comparison, Map<String, V> before, Map<String, V> after) {
        var keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        var differences = new ArrayList<Difference>();
        for (var key : keys) {
            difference(comparison, key, before, after).forEach(differences::add);
        }
        return new Section(comparison.part(), differences, keys.size() - differences.size());
    }

    private static <V> Stream<Difference> difference(
            Comparison<V> comparison, String key, Map<String, V> before, Map<String, V> after) {
        var was = before.get(key);
        var is = after.get(key);
        if (was != null && is != null) {
            var rows = comparison.rows().apply(was, is);
            return rows.isEmpty()
                    ? Stream.of()
                    : Stream.of(new Changed(key, comparison.name().apply(is), rows));
        }
        if (is != null) {
            return Stream.of(new Added(
                    key, comparison.name().apply(is), comparison.facts().apply(is)));
        }
        return was == null
                ? Stream.of()
                : Stream.of(new Removed(
                        key, comparison.name().apply(was), comparison.facts().apply(was)));
    }
}
