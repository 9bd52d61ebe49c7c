package io.venule.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The UCUM units a pump knows, taken apart by itself: amount, per size of patient, per time. */
final class Units {
    private static final Map<String, Scale> AMOUNTS = Map.of(
            "ng", new Scale("mass", 1L),
            "ug", new Scale("mass", 1_000L),
            "mg", new Scale("mass", 1_000_000L),
            "g", new Scale("mass", 1_000_000_000L),
            "m[iU]", new Scale("units", 1L),
            "[iU]", new Scale("units", 1_000L),
            "meq", new Scale("equivalents", 1L),
            "mmol", new Scale("moles", 1L));
    private static final List<String> SIZES = List.of("", "/kg", "/m2");
    private static final Map<String, Long> SECONDS_OF = Map.of("", 0L, "/min", 60L, "/h", 3_600L, "/d", 86_400L);

    private Units() {}

    /** What is counted, and how many of the smallest of its kind. */
    record Scale(String kind, long smallest) {}

    /** A dose unit: its amount, {@code /kg}, {@code /m2} or nothing, and the seconds of its time; 0 for a total. */
    record DoseUnit(Scale amount, String size, long seconds) {
        boolean isRate() {
            return seconds > 0;
        }

        boolean comparesWith(DoseUnit other) {
            return amount.kind().equals(other.amount.kind()) && size.equals(other.size) && isRate() == other.isRate();
        }

        /** A value in this unit as smallest amounts per second, or in total. */
        Fraction base(Fraction value) {
            var amounts = value.times(Fraction.of(amount.smallest()));
            return isRate() ? amounts.dividedBy(Fraction.of(seconds)) : amounts;
        }
    }

    static Set<String> amounts() {
        return AMOUNTS.keySet();
    }

    static Set<String> doses() {
        return AMOUNTS.keySet().stream()
                .flatMap(amount -> SIZES.stream().map(size -> amount + size))
                .flatMap(head -> Stream.of("", "/min", "/h", "/d").map(time -> head + time))
                .collect(Collectors.toUnmodifiableSet());
    }

    static Scale amount(String unit) {
        return Optional.ofNullable(AMOUNTS.get(unit)).orElseThrow();
    }

    static DoseUnit dose(String unit) {
        var parts = unit.split("/", -1);
        var size = parts.length > 1 && SIZES.contains("/" + parts[1]) ? "/" + parts[1] : "";
        var time = unit.substring(parts[0].length() + size.length());
        return new DoseUnit(
                amount(parts[0]),
                size,
                Optional.ofNullable(SECONDS_OF.get(time)).orElseThrow());
    }

    /** What the display shows for a unit: mcg, never µg; unit, never U. */
    static String word(String unit) {
        return unit.replace("ug", "mcg")
                .replace("m[iU]", "milliunit")
                .replace("[iU]", "unit")
                .replace("meq", "mEq")
                .replace("m2", "m²")
                .replace("/d", "/day");
    }
}
