package io.venule.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.pump.PumpSerial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who holds which pump, and how long a server may believe that it is itself. Threats T-45, T-70; DESIGN, "Scale-out". */
class HeldLeasesTest {
    private static final Duration TIME = Duration.ofSeconds(6);
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final HeldLeases.Terms TERMS = new HeldLeases.Terms(TIME, MARGIN, Duration.ofSeconds(2));

    private final List<PumpSerial> pumps = new ArrayList<>(pumps(1));
    private Duration now = Duration.ofHours(1);
    private final LeasesInMemory record = new LeasesInMemory(pumps, () -> now);

    private static List<PumpSerial> pumps(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new PumpSerial("VP-%04d".formatted(i)))
                .toList();
    }

    private HeldLeases server(String name) {
        return new HeldLeases(record, name, TERMS, () -> now);
    }

    private PumpLease only(HeldLeases server) {
        return server.own().values().iterator().next();
    }

    @Test
    void one_server_holds_every_pump_from_its_first_round_on() {
        pumps.addAll(pumps(7).subList(1, 7));
        var server = server("a");

        assertThat(server.own()).isEmpty();
        server.round();

        assertThat(server.own()).containsOnlyKeys(pumps(7));
        assertThat(server.own().values()).allMatch(server::holds);
    }

    @ParameterizedTest
    @CsvSource({"4999,true", "5000,false", "5001,false"})
    void a_lease_is_believed_in_until_a_margin_before_its_end_counted_from_before_it_was_asked_for(
            long later, boolean holds) {
        var server = server("a");
        var asked = now;
        record.whileAnswering(() -> now = now.plusSeconds(3));
        server.round();

        now = asked.plusMillis(later);

        assertThat(server.holds(only(server))).isEqualTo(holds);
    }

    @Test
    void a_server_that_was_frozen_believes_in_nothing_when_it_wakes_and_its_pump_has_a_higher_number_by_then() {
        var frozen = server("a");
        var other = server("b");
        frozen.round();
        var old = only(frozen);
        other.round();

        now = now.plusSeconds(90);
        var heldOnWaking = frozen.holds(old);
        other.round();
        frozen.round();

        assertThat(heldOnWaking).isFalse();
        assertThat(frozen.own()).isEmpty();
        assertThat(frozen.holds(old)).isFalse();
        assertThat(only(other).number()).isGreaterThan(old.number());
        assertThat(frozen.of(old.pump())).isEmpty();
    }

    @Test
    void no_moment_finds_two_servers_that_both_believe_to_hold_a_pump() {
        for (long seed = 1; seed <= 500; seed++) {
            oneRun(seed);
        }
    }

    /** Servers come, freeze for up to 20 s at a time, and go on; the record is silent now and then. */
    private void oneRun(long seed) {
        var random = new Random(seed);
        var fleet = pumps(5);
        var record = new LeasesInMemory(fleet, () -> now);
        var servers = IntStream.range(0, 3)
                .mapToObj(i -> new HeldLeases(record, "s" + i, TERMS, () -> now))
                .toList();
        var frozenUntil = new Duration[] {now, now, now};
        var numbers = new long[fleet.size()];
        for (int step = 0; step < 400; step++) {
            now = now.plusMillis(random.nextInt(900));
            record.silent(random.nextInt(12) == 0);
            var i = random.nextInt(3);
            if (now.compareTo(frozenUntil[i]) >= 0) {
                if (random.nextInt(8) == 0) {
                    frozenUntil[i] = now.plusMillis(random.nextInt(20_000));
                    record.whileAnswering(() -> now = latest(now, frozenUntil[i]));
                }
                roundOf(servers.get(i));
            }
            for (var pump : fleet) {
                var believers = servers.stream()
                        .filter(server -> Optional.ofNullable(server.own().get(pump))
                                .filter(server::holds)
                                .isPresent())
                        .toList();
                assertThat(believers)
                        .as("seed %d, step %d, %s", seed, step, pump)
                        .hasSizeLessThan(2);
                for (var believer : believers) {
                    var number = numberOf(believer, pump);
                    assertThat(number).as("seed %d", seed).isGreaterThanOrEqualTo(numbers[fleet.indexOf(pump)]);
                    numbers[fleet.indexOf(pump)] = number;
                }
            }
        }
    }

    private static Duration latest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static long numberOf(HeldLeases server, PumpSerial pump) {
        return Optional.ofNullable(server.own().get(pump)).orElseThrow().number();
    }

    private static void roundOf(HeldLeases server) {
        server.leaving().forEach(server::left);
        try {
            server.round();
        } catch (RecordUnavailable e) {
            assertThat(server.isRecordSilent()).isTrue();
        }
    }

    @Test
    void a_silent_record_prolongs_nothing_and_is_known_to_be_silent() {
        var server = server("a");
        server.round();
        record.silent(true);

        assertThatThrownBy(server::round).isInstanceOf(RecordUnavailable.class);
        now = now.plusSeconds(5);

        assertThat(server.isRecordSilent()).isTrue();
        assertThat(server.holds(only(server))).isFalse();
        record.silent(false);
        server.round();
        assertThat(server.isRecordSilent()).isFalse();
        assertThat(server.holds(only(server))).isTrue();
    }

    /** A database that hangs answers nobody, and nobody hears so: what is asked for too long counts as silence. */
    @ParameterizedTest
    @CsvSource({"1999,false", "2000,false", "2001,true"})
    void a_record_that_lets_one_wait_too_long_is_silent(long millis, boolean silent) {
        var server = server("a");
        var during = new ArrayList<Boolean>();
        record.whileAnswering(() -> {
            now = now.plusMillis(millis);
            during.add(server.isRecordSilent());
        });

        server.round();

        assertThat(during).containsExactly(silent);
        assertThat(server.isRecordSilent()).isFalse();
    }

    @Test
    void who_holds_a_pump_is_known_to_every_server_also_while_the_record_is_silent() {
        var first = server("a");
        var second = server("b");
        first.round();
        second.round();
        record.silent(true);
        assertThatThrownBy(second::round).isInstanceOf(RecordUnavailable.class);

        assertThat(second.of(pumps.getFirst())).contains("a");
        assertThat(second.hasOthers()).isTrue();
        assertThat(second.here()).isEqualTo("b");
    }

    @Test
    void after_a_silence_of_the_record_nobody_is_declared_dead_before_all_could_come_back() {
        pumps.addAll(pumps(4).subList(1, 4));
        var first = server("a");
        var second = server("b");
        settle(first, second);
        record.silent(true);
        now = now.plusSeconds(30);
        assertThatThrownBy(first::round).isInstanceOf(RecordUnavailable.class);
        assertThatThrownBy(second::round).isInstanceOf(RecordUnavailable.class);
        record.silent(false);
        var before = first.own();

        first.round();
        now = now.plusSeconds(1);
        second.round();
        now = now.plusSeconds(1);
        first.round();
        first.round();

        assertThat(first.own()).isEqualTo(before).hasSize(2);
        assertThat(second.own()).hasSize(2);
    }

    private void settle(HeldLeases... servers) {
        for (int i = 0; i < 6; i++) {
            for (var server : servers) {
                server.round();
                server.leaving().forEach(server::left);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"9,3", "10,3", "11,3", "2,3", "7,2"})
    void pumps_are_spread_evenly_over_the_servers_that_come_and_over_those_that_are_left(int count, int servers) {
        pumps.addAll(pumps(count).subList(1, count));
        var all = IntStream.range(0, servers).mapToObj(i -> server("s" + i)).toArray(HeldLeases[]::new);

        settle(all);

        assertEven(count, all);
        now = now.plus(TIME).plusMillis(1);
        var left = java.util.Arrays.copyOf(all, servers - 1);
        settle(left);
        assertEven(count, left);
    }

    private static void assertEven(int count, HeldLeases... servers) {
        var held = new HashSet<PumpSerial>();
        for (var server : servers) {
            assertThat(server.own()).hasSizeBetween(count / servers.length, (count - 1) / servers.length + 1);
            held.addAll(server.own().keySet());
        }
        assertThat(held).hasSize(count);
    }

    @Test
    void a_pump_is_given_back_only_after_its_session_is_closed() {
        pumps.addAll(pumps(2).subList(1, 2));
        var first = server("a");
        var second = server("b");
        first.round();
        second.round();

        first.round();
        second.round();
        var leaving = first.leaving();
        first.round();
        second.round();
        var beforeClosing = second.own();
        first.left(leaving.iterator().next());
        first.round();
        second.round();

        assertThat(leaving).hasSize(1);
        assertThat(first.own()).hasSize(1).doesNotContainKeys(leaving.iterator().next());
        assertThat(beforeClosing).isEmpty();
        assertThat(second.own()).containsOnlyKeys(leaving.iterator().next());
    }

    @Test
    void a_server_that_stops_leaves_its_pumps_to_the_others_at_once() {
        var first = server("a");
        var second = server("b");
        first.round();
        second.round();

        first.close();
        second.round();

        assertThat(first.own()).isEmpty();
        assertThat(second.own()).hasSize(1);
    }

    @Test
    void terms_that_leave_no_time_to_act_are_refused() {
        assertThatThrownBy(() -> new HeldLeases.Terms(TIME, Duration.ZERO, MARGIN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HeldLeases.Terms(Duration.ofSeconds(2), Duration.ofMillis(1001), MARGIN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Set.of(new HeldLeases.Terms(Duration.ofSeconds(2), Duration.ofSeconds(1), MARGIN)))
                .hasSize(1);
    }
}
