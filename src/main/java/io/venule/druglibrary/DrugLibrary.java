package io.venule.druglibrary;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One version of a hospital's drug library: immutable, complete, and named by its counter and digest. */
public final class DrugLibrary {
    private final LibraryVersion version;
    private final String title;
    private final Map<String, CareArea> careAreas;
    private final Map<String, LibraryEntry> entries;
    private final Map<String, Product> products;

    public DrugLibrary(
            LibraryVersion version,
            String title,
            List<CareArea> careAreas,
            List<LibraryEntry> entries,
            List<Product> products) {
        this.version = version;
        this.title = title;
        this.careAreas = indexed(careAreas, CareArea::code);
        this.entries = indexed(entries, LibraryEntry::id);
        this.products = indexed(products, Product::gtin);
    }

    public LibraryVersion version() {
        return version;
    }

    public String title() {
        return title;
    }

    public Collection<CareArea> careAreas() {
        return careAreas.values();
    }

    public Collection<LibraryEntry> entries() {
        return entries.values();
    }

    public Collection<Product> products() {
        return products.values();
    }

    public Optional<CareArea> careArea(String code) {
        return Optional.ofNullable(careAreas.get(code));
    }

    public Optional<LibraryEntry> entry(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    public Optional<Product> product(String gtin) {
        return Optional.ofNullable(products.get(gtin));
    }

    private static <V> Map<String, V> indexed(List<V> values, Function<V, String> key) {
        return values.stream()
                .collect(Collectors.collectingAndThen(
                        Collectors.toMap(
                                key,
                                Function.identity(),
                                (one, other) -> {
                                    throw new IllegalArgumentException("twice in the library: " + key.apply(one));
                                },
                                TreeMap::new),
                        java.util.Collections::unmodifiableMap));
    }
}
