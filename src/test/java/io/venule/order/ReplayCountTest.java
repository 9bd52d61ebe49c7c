package io.venule.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.dose.Hindsight.Level;
import io.venule.druglibrary.Bound;
import io.venule.druglibrary.CareArea;
import io.venule.druglibrary.Dosing;
import io.venule.druglibrary.Drug;
import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.LibraryEntry;
import io.venule.druglibrary.LibraryVersion;
import io.venule.druglibrary.Limits;
import io.venule.order.PastOrders.How;
import io.venule.order.PastOrders.Known;
import io.venule.order.PastOrders.Unknown;
import io.venule.order.Replay.Changed;
import io.venule.order.Replay.EntryCount;
import io.venule.order.Replay.Move;
import io.venule.prescription.BodyMeasures;
import io.venule.prescription.PatientId;
import io.venule.prescription.Prescription;
import io.venule.prescription.PrescriptionId;
import io.venule.prescription.Regimen;
import io.venule.prescription.Route;
import io.venule.pump.PumpModel;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Past orders under two libraries, counted; against a plain recount. Source: EXPECTATIONS row 23. */
class ReplayCountTest {
    private static final int ORDERS = 120;
    private static final List<How> HOWS = List.of(How.SENT, How.OVERRIDDEN, How.STOPPED);
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final CareArea WARD = new CareArea(
            "ward", "Ward", Limits.none(), Limits.none(), Limits.none(), FlowRate.ofMillilitresPerHour("5"));

    /** Upper limits of a fluid's rate in whole mL/h. */
    private record Caps(int soft, int hard) {
        Level met(int rate) {
            return rate > hard ? Level.HARD : rate > soft ? Level.SOFT : Level.NONE;
        }
    }

    private static DrugLibrary library(Map<String, Caps> entries) {
        return new DrugLibrary(
                new LibraryVersion(1, "ab".repeat(32)),
                "test",
                List.of(WARD),
                entries.entrySet().stream()
                        .map(entry -> entry(entry.getKey(), entry.getValue()))
                        .toList(),
                List.of());
    }

    private static LibraryEntry entry(String id, Caps caps) {
        return new LibraryEntry(
                id,
                new Drug("fluid", "fluid", "FLUid", "", new Drug.HighAlert.No(), Drug.SecondCheck.NEVER),
                "ward",
                "",
                new Dosing.FluidRate(),
                new Dosing.Strength.None(),
                new Limits<>(Bound.none(), Bound.none(), Bound.at(rate(caps.soft())), Bound.at(rate(caps.hard()))),
                Limits.none(),
                new Dosing.Bolus.NotAllowed(),
                "",
                "test",
                "own");
    }

    private static FlowRate rate(int millilitresPerHour) {
        return FlowRate.ofMillilitresPerHour(Integer.toString(millilitresPerHour));
    }

    private static Known ordered(int number, String entry, int rate, How how) {
        var prescription = new Prescription(
                new PrescriptionId("RX-" + (10_000 + number)),
                new PatientId("123456789012345678"),
                "fluid",
                entry,
                new Prescription.Mixture.PlainFluid(),
                new Regimen.Fluid(rate(rate)),
                Volume.ofMillilitres("1000"),
                Route.INTRAVENOUS,
                Instant.EPOCH,
                NOW,
                true);
        return new Known(
                how == How.STOPPED ? "" : Integer.toString(number),
                NOW.minusSeconds(number),
                prescription,
                new BodyMeasures.Unknown(),
                PumpModel.LARGE_VOLUME,
                how);
    }

    private static Replay counted(DrugLibrary before, DrugLibrary after, List<Known> orders) {
        var count = new ReplayCount(before, after);
        orders.forEach(count::add);
        return count.result();
    }

    /** A number that stands in the case's name makes everything else. */
    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void counts_are_those_of_a_plain_recount(long seed) {
        var random = new Random(seed);
        var before = caps(random);
        var after = caps(random);
        var orders = new ArrayList<Known>();
        var rates = new HashMap<String, Integer>();
        for (int number = 0; number < ORDERS; number++) {
            var rate = 1 + random.nextInt(60);
            var order = ordered(number, "fluid/ward/" + random.nextInt(4), rate, HOWS.get(random.nextInt(HOWS.size())));
            rates.put(order.prescription().id().value(), rate);
            orders.add(random.nextInt(orders.size() + 1), order);
        }

        var replay = counted(library(before), library(after), orders);

        var moves = new HashMap<Move, Long>();
        var entries = new TreeMap<String, List<Long>>();
        var changed = new ArrayList<Known>();
        for (var order : orders) {
            var id = order.prescription().libraryEntry();
            int rate = rates.getOrDefault(order.prescription().id().value(), 0);
            var old = met(before, id, rate);
            var now = met(after, id, rate);
            moves.put(new Move(old, now), moves.getOrDefault(new Move(old, now), 0L) + 1);
            if (old != now) {
                changed.add(order);
                recount(entries.computeIfAbsent(id, _ -> new ArrayList<>(List.of(0L, 0L, 0L, 0L))), old, now);
            }
        }
        assertThat(replay.moves()).isEqualTo(moves);
        assertThat(replay.judged()).isEqualTo(ORDERS);
        assertThat(replay.changed()).isEqualTo(changed.size());
        assertThat(replay.overridden()).isEqualTo(of(orders, How.OVERRIDDEN));
        assertThat(replay.stopped()).isEqualTo(of(orders, How.STOPPED));
        assertThat(replay.entries())
                .containsExactlyInAnyOrderElementsOf(entries.entrySet().stream()
                        .map(one -> new EntryCount(
                                one.getKey(),
                                one.getValue().get(0),
                                one.getValue().get(1),
                                one.getValue().get(2),
                                one.getValue().get(3)))
                        .filter(one -> one.all() > 0)
                        .toList())
                .isSortedAccordingTo((one, other) -> Long.compare(other.all(), one.all()));
        assertThat(replay.cases())
                .extracting(Changed::at)
                .containsExactlyElementsOf(changed.stream()
                        .map(Known::at)
                        .sorted((one, other) -> other.compareTo(one))
                        .limit(ReplayCount.MOST_CASES)
                        .toList());
    }

    private static void recount(List<Long> counts, Level old, Level now) {
        var stoppedBefore = old == Level.HARD || old == Level.NO_ENTRY;
        var stoppedAfter = now == Level.HARD || now == Level.NO_ENTRY;
        var all = List.of(
                now == Level.SOFT, stoppedAfter && !stoppedBefore, old == Level.SOFT, stoppedBefore && !stoppedAfter);
        for (int i = 0; i < all.size(); i++) {
            counts.set(i, counts.get(i) + (all.get(i) ? 1 : 0));
        }
    }

    private static long of(List<Known> orders, How how) {
        return orders.stream().filter(order -> order.how() == how).count();
    }

    private static Level met(Map<String, Caps> entries, String id, int rate) {
        var caps = entries.get(id);
        return caps == null ? Level.NO_ENTRY : caps.met(rate);
    }

    private static Map<String, Caps> caps(Random random) {
        var entries = new TreeMap<String, Caps>();
        for (int i = 0; i < 4; i++) {
            if (random.nextInt(5) > 0) {
                var soft = 1 + random.nextInt(40);
                entries.put("fluid/ward/" + i, new Caps(soft, soft + random.nextInt(20)));
            }
        }
        return entries;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_active_release_as_draft_changes_nothing(long seed) {
        var random = new Random(seed);
        var same = caps(random);
        var orders = Stream.iterate(0, number -> number + 1)
                .limit(ORDERS)
                .map(number -> ordered(number, "fluid/ward/" + random.nextInt(4), 1 + random.nextInt(60), How.SENT))
                .toList();

        var replay = counted(library(same), library(same), orders);

        assertThat(replay.judged()).isEqualTo(ORDERS);
        assertThat(replay.changed()).isZero();
        assertThat(replay.entries()).isEmpty();
        assertThat(replay.cases()).isEmpty();
        for (var level : Level.values()) {
            assertThat(replay.before(level)).isEqualTo(replay.after(level));
        }
    }

    @Test
    void one_that_is_unknown_is_counted_and_not_judged() {
        var count = new ReplayCount(library(Map.of()), library(Map.of()));

        count.add(new Unknown("a", NOW));

        assertThat(count.result().notJudged()).isOne();
        assertThat(count.result().judged()).isZero();
    }

    @Test
    void one_that_was_stopped_and_would_only_be_asked_about_counts_as_both() {
        var replay = counted(
                library(Map.of("fluid/ward/0", new Caps(10, 20))),
                library(Map.of("fluid/ward/0", new Caps(10, 30))),
                List.of(ordered(1, "fluid/ward/0", 21, How.STOPPED)));

        assertThat(replay.entries()).containsExactly(new EntryCount("fluid/ward/0", 1, 0, 0, 1));
        assertThat(replay.cases()).singleElement().satisfies(one -> {
            assertThat(one.order()).isEmpty();
            assertThat(one.before().level()).isEqualTo(Level.HARD);
            assertThat(one.after().level()).isEqualTo(Level.SOFT);
        });
    }
}
