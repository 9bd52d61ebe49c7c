package io.venule.druglibrary;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.druglibrary.Difference.Added;
import io.venule.druglibrary.Difference.Changed;
import io.venule.druglibrary.Difference.Removed;
import io.venule.druglibrary.Dosing.Bolus;
import io.venule.druglibrary.Dosing.ContinuousDose;
import io.venule.druglibrary.Dosing.Strength;
import io.venule.druglibrary.Drug.HighAlert;
import io.venule.druglibrary.Drug.SecondCheck;
import io.venule.druglibrary.LibraryDiff.Part;
import io.venule.druglibrary.LibraryDiff.Section;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random pairs of small libraries, judged by trying every value instead of comparing limits. */
class LibraryDiffOracleTest {
    private static final int SEEDS = 500;
    private static final List<String> UNITS = List.of("ug/min", "ug/h", "ug/kg/min", "[iU]/h");
    private static final Set<Flag> LOOSER = EnumSet.of(Flag.HARD_WIDENED, Flag.WIDENED, Flag.UNIT_CHANGED);

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_thing_is_counted_once(long seed) {
        var random = new Random(seed);
        var before = library(random);
        var after = library(random);

        var diff = LibraryDiff.between(before, after);

        counted(
                diff,
                Part.CARE_AREAS,
                keys(before.careAreas(), CareArea::code),
                keys(after.careAreas(), CareArea::code));
        counted(
                diff,
                Part.DRUGS,
                keys(before.entries(), entry -> entry.drug().code()),
                keys(after.entries(), entry -> entry.drug().code()));
        counted(diff, Part.ENTRIES, keys(before.entries(), LibraryEntry::id), keys(after.entries(), LibraryEntry::id));
        counted(diff, Part.PRODUCTS, keys(before.products(), Product::gtin), keys(after.products(), Product::gtin));
    }

    private static <V> Set<String> keys(java.util.Collection<V> values, Function<V, String> key) {
        return new HashSet<>(values.stream().map(key).toList());
    }

    private static void counted(LibraryDiff diff, Part part, Set<String> before, Set<String> after) {
        var section = section(diff, part);
        var added = keys(section, Added.class);
        var removed = keys(section, Removed.class);
        var changed = keys(section, Changed.class);

        assertThat(before.size() + added.size()).isEqualTo(after.size() + removed.size());
        assertThat(section.unchanged() + changed.size() + removed.size()).isEqualTo(before.size());
        assertThat(new HashSet<>(added)).isEqualTo(without(after, before));
        assertThat(new HashSet<>(removed)).isEqualTo(without(before, after));
        assertThat(changed).isSubsetOf(before).isSubsetOf(after);
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        return all.stream().filter(key -> !some.contains(key)).collect(java.util.stream.Collectors.toSet());
    }

    private static List<String> keys(Section section, Class<? extends Difference> kind) {
        return section.differences().stream()
                .filter(kind::isInstance)
                .map(Difference::key)
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothing_differs_from_itself_and_the_way_back_mirrors_the_way_there(long seed) {
        var random = new Random(seed);
        var before = library(random);
        var after = library(random);

        assertThat(LibraryDiff.between(before, before).isEmpty()).isTrue();
        assertThat(told(LibraryDiff.between(after, before), true))
                .containsExactlyInAnyOrderElementsOf(told(LibraryDiff.between(before, after), false));
    }

    /** Every difference as text; turned around where it is told of the way back. */
    private static List<String> told(LibraryDiff diff, boolean back) {
        return diff.differences()
                .flatMap(one -> switch (one) {
                    case Added a -> List.of((back ? "removed " : "added ") + a.key() + a.facts()).stream();
                    case Removed r -> List.of((back ? "added " : "removed ") + r.key() + r.facts()).stream();
                    case Changed(var key, var name, var rows) ->
                        rows.stream()
                                .map(row -> key + " " + row.what() + " "
                                        + (back
                                                ? row.after() + " > " + row.before()
                                                : row.before() + " > " + row.after())
                                        + " " + (back ? mirrored(row.flag()) : kind(row.flag())));
                })
                .toList();
    }

    private static String mirrored(Flag flag) {
        return switch (flag) {
            case HARD_WIDENED, WIDENED, BOLUS_ALLOWED -> "narrowed";
            case NARROWED -> "widened";
            case LESS_CHECKED -> "more checked";
            case MORE_CHECKED -> "less checked";
            case ADDED, REMOVED -> throw new AssertionError("no flag of a row: " + flag);
            case OTHER_DRUG, OTHER_CONTENT, OTHER_AREA, UNIT_CHANGED, START_CHANGED, TEXT -> flag.word();
        };
    }

    private static String kind(Flag flag) {
        return switch (flag) {
            case HARD_WIDENED, WIDENED, BOLUS_ALLOWED -> "widened";
            case NARROWED, LESS_CHECKED, MORE_CHECKED -> flag.word();
            case ADDED, REMOVED -> throw new AssertionError("no flag of a row: " + flag);
            case OTHER_DRUG, OTHER_CONTENT, OTHER_AREA, UNIT_CHANGED, START_CHANGED, TEXT -> flag.word();
        };
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_allowed_now_and_was_not_before_is_flagged(long seed) {
        var random = new Random(seed);
        var before = library(random);
        var after = library(random);

        var section = section(LibraryDiff.between(before, after), Part.ENTRIES);

        for (var entry : after.entries()) {
            var was = before.entry(entry.id());
            if (was.isEmpty()) {
                assertThat(keys(section, Added.class)).contains(entry.id());
                continue;
            }
            var flags = flags(section, entry.id());
            if (permitsMoreDoses(was.get(), entry)) {
                assertThat(flags).as(entry.id() + ", dose").containsAnyElementsOf(LOOSER);
            }
            if (permitsMoreRates(was.get(), entry)) {
                assertThat(flags).as(entry.id() + ", rate").containsAnyElementsOf(LOOSER);
            }
            if (was.get().bolus() instanceof Bolus.NotAllowed && entry.bolus() instanceof Bolus.Allowed) {
                assertThat(flags).as(entry.id() + ", bolus").contains(Flag.BOLUS_ALLOWED);
            }
        }
    }

    private static List<Flag> flags(Section section, String id) {
        return section.differences().stream()
                .filter(difference -> difference.key().equals(id))
                .flatMap(difference -> difference instanceof Changed(var key, var name, var rows)
                        ? rows.stream().map(Difference.Row::flag)
                        : java.util.stream.Stream.of())
                .toList();
    }

    /** Tries every dose between the numbers that limits are made of, in every unit; with a reason, and without one. */
    private static boolean permitsMoreDoses(LibraryEntry before, LibraryEntry after) {
        var was = (ContinuousDose) before.dosing();
        var is = (ContinuousDose) after.dosing();
        return UNITS.stream()
                .anyMatch(unit -> IntStream.rangeClosed(0, 2 * 60 * 10)
                        .mapToObj(half -> new BigDecimal(half).divide(new BigDecimal(2)))
                        .anyMatch(value -> (hard(is, value, unit) && !hard(was, value, unit))
                                || (soft(is, value, unit) && !soft(was, value, unit))));
    }

    /** Whether so much in this unit can be given at all; a dose of another kind has no place under these limits. */
    private static boolean hard(ContinuousDose dosing, BigDecimal value, String unit) {
        return kindOf(unit).equals(kindOf(dosing.unit().ucum()))
                && within(
                        value(dosing.limits().hardLow()),
                        perHour(value, unit),
                        value(dosing.limits().hardHigh()));
    }

    private static boolean soft(ContinuousDose dosing, BigDecimal value, String unit) {
        return hard(dosing, value, unit)
                && within(
                        value(dosing.limits().softLow()),
                        perHour(value, unit),
                        value(dosing.limits().softHigh()));
    }

    private static List<BigDecimal> value(Bound<Dose> bound) {
        return bound.asOptional()
                .map(dose -> List.of(perHour(
                        new BigDecimal(dose.value().canonical()), dose.unit().ucum())))
                .orElse(List.of());
    }

    private static boolean within(List<BigDecimal> low, BigDecimal value, List<BigDecimal> high) {
        return low.stream().allMatch(bound -> bound.compareTo(value) <= 0)
                && high.stream().allMatch(bound -> bound.compareTo(value) >= 0);
    }

    private static BigDecimal perHour(BigDecimal value, String unit) {
        return unit.endsWith("/min") ? value.multiply(new BigDecimal(60)) : value;
    }

    private static String kindOf(String unit) {
        return unit.substring(0, unit.lastIndexOf('/'));
    }

    private static boolean permitsMoreRates(LibraryEntry before, LibraryEntry after) {
        return LongStream.rangeClosed(0, 22)
                .map(half -> half * 500)
                .anyMatch(rate -> allows(after, rate) && !allows(before, rate));
    }

    private static boolean allows(LibraryEntry entry, long microlitresPerHour) {
        var rate = entry.rate();
        return java.util.stream.Stream.of(rate.hardLow(), rate.softLow())
                        .flatMap(bound -> bound.asOptional().stream())
                        .allMatch(bound -> bound.microlitresPerHour() <= microlitresPerHour)
                && java.util.stream.Stream.of(rate.softHigh(), rate.hardHigh())
                        .flatMap(bound -> bound.asOptional().stream())
                        .allMatch(bound -> bound.microlitresPerHour() >= microlitresPerHour);
    }

    private static Section section(LibraryDiff diff, Part part) {
        return diff.sections().stream()
                .filter(section -> section.part() == part)
                .findFirst()
                .orElseThrow();
    }

    // Random libraries ------------------------------------------------------------------------------------

    private static DrugLibrary library(Random random) {
        var areas = new ArrayList<CareArea>();
        var entries = new ArrayList<LibraryEntry>();
        var products = new ArrayList<Product>();
        for (int i = 0; i < 3; i++) {
            if (random.nextInt(4) > 0) {
                areas.add(area("area-" + i, random));
            }
            var drug = drug("drug-" + i, random);
            for (int j = 0; j < 3; j++) {
                if (random.nextInt(4) > 0) {
                    entries.add(entry(drug, "area-" + j, random));
                }
            }
            if (random.nextBoolean()) {
                products.add(new Product(
                        "gtin-" + i,
                        "",
                        "bag",
                        "drug-" + random.nextInt(2),
                        strength(random),
                        new io.venule.quantity.Volume(1_000L + random.nextInt(2))));
            }
        }
        return LibraryFixture.library(areas, entries, products);
    }

    private static CareArea area(String code, Random random) {
        return new CareArea(
                code,
                "Area",
                limits(random, LibraryDiffOracleTest::rate),
                limits(random, value -> new io.venule.quantity.Weight(value + 1L)),
                limits(random, io.venule.quantity.Volume::new),
                new FlowRate(random.nextInt(2)));
    }

    private static Drug drug(String code, Random random) {
        var checks = SecondCheck.values();
        return new Drug(
                code,
                code,
                code,
                "",
                random.nextBoolean() ? new HighAlert.Yes("class " + random.nextInt(2)) : new HighAlert.No(),
                checks[random.nextInt(checks.length)]);
    }

    private static LibraryEntry entry(Drug drug, String area, Random random) {
        var unit = random.nextInt(3) > 0 ? UNITS.getFirst() : UNITS.get(random.nextInt(UNITS.size()));
        return new LibraryEntry(
                drug.code() + "/" + area + "/standard",
                drug,
                area,
                "",
                new ContinuousDose(LibraryFixture.unit(unit), limits(random, value -> dose(value, unit))),
                strength(random),
                limits(random, LibraryDiffOracleTest::rate),
                Limits.none(),
                random.nextBoolean()
                        ? new Bolus.NotAllowed()
                        : new Bolus.Allowed(
                                LibraryFixture.unit("ug"), limits(random, value -> dose(value, "ug")), Limits.none()),
                "",
                "source",
                "own");
    }

    private static Strength strength(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Strength.None();
            case 1 ->
                new Strength.Custom(limits(
                        random,
                        value -> LibraryFixture.concentration(String.valueOf(value + 1), AmountUnit.MILLIGRAM, "1")));
            case 2 -> LibraryFixture.fixed("1", AmountUnit.GRAM, "10");
            default -> LibraryFixture.fixed(String.valueOf(1 + random.nextInt(2)), AmountUnit.MILLIGRAM, "10");
        };
    }

    private static Dose dose(int value, String unit) {
        // In another unit some numbers are the same quantity: 1 per minute is 60 per hour.
        return Dose.of(String.valueOf(unit.equals("ug/h") ? 60 * value : value), unit);
    }

    private static FlowRate rate(int value) {
        return new FlowRate(1_000L * value);
    }

    /** Up to four numbers from 0 to 10 in rising order. */
    private static <Q> Limits<Q> limits(Random random, Function<Integer, Q> of) {
        var rising = IntStream.generate(() -> random.nextInt(11))
                .limit(4)
                .sorted()
                .boxed()
                .toList();
        var bounds = rising.stream()
                .map(value -> random.nextInt(3) == 0 ? Bound.<Q>none() : Bound.at(of.apply(value)))
                .toList();
        return new Limits<>(bounds.get(0), bounds.get(1), bounds.get(2), bounds.get(3));
    }
}
