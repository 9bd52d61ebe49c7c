package io.venule.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.simulator.FleetPlan;
import io.venule.stack.Tap.Sort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The packaged server, killed by the operating system while an order is on its way: at any piece of bytes between it and its database or broker.
 * What passes there for other reasons counts as well. T-62, P-04, P-05. Six kills in each build, one for each sort of order; {@code -Dvenule.order.kills=all} for every step in turn, or a
 * number of them; {@code -Dvenule.order.sort=RATE} for one sort only.
 */
class OrderKilledIT {
    private static final String KILLS = System.getProperty("venule.order.kills", "6");
    private static final boolean ALL = KILLS.equals("all");
    private static final List<Sort> SORTS = Stream.of(Sort.values())
            .filter(sort -> System.getProperty("venule.order.sort", sort.name()).equals(sort.name()))
            .toList();
    private static final long SEED = Long.getLong("venule.order.kills.seed", System.nanoTime());
    /** An order takes a fraction of a second on an idle machine; what passes later, each second at least, is the server's own life. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** So many answers in a row that came before the kill, and the order has no more steps. */
    private static final int LATE = 3;

    private static final int NEVER = Integer.MAX_VALUE;

    private final Map<Sort, Integer> ways = new EnumMap<>(Sort.class);
    private boolean passes;
    private int orders;
    private int kills;
    private int unanswered;

    @Test
    void killed_at_any_step_of_an_order_the_server_loses_none_and_doubles_none() throws Exception {
        var random = new Random(SEED);
        try (var stack = VenuleStack.start(RunFolder.forTests(), VenuleStack.freePort(), FleetPlan.ofRacks(2, 8));
                var doors = new StepDoors(stack);
                var ward = new KilledWard(stack, doors)) {
            ward.doorsMove();
            ward.infuses();
            orders = ward.infusions();
            for (var sort : SORTS) {
                warmsUp(ward, sort);
                ways.put(sort, undisturbed(ward, doors, sort));
            }
            killedAsItAnswers(ward, doors);
            killedOnTheWay(ward, doors, random);
            ward.doubtsEnd();
            ward.everyTapMadeOneOrderThatWasTakenOnceAtMost();
            var ended = ward.record().everyEndWasAskedForFirst();
            ward.everyRecordIsThereOnceAndInOrder();
            ward.theLogChecks();
            System.out.printf(
                    "killed at %d steps of orders (steps: %s), %d times before the answer, seed %d; %d orders, %d of them never at the pump, and %d taken to end one; none lost or doubled%n",
                    kills, ways, unanswered, SEED, orders, ward.record().expired(), ended);
            assertThat(unanswered)
                    .as("kills while the order was on its way")
                    .isGreaterThanOrEqualTo(Math.max(1, kills / 2));
            ward.kill();
        }
    }

    private void killedOnTheWay(KilledWard ward, StepDoors doors, Random random) throws Exception {
        passes = random.nextBoolean();
        if (ALL) {
            killedAtEach(ward, doors);
            return;
        }
        var wanted = Integer.parseInt(KILLS);
        var sorts = new ArrayList<>(SORTS);
        Collections.shuffle(sorts, random);
        for (int part = 0; part < wanted; part++) {
            var sort = sorts.get(part % sorts.size());
            var way = Objects.requireNonNull(ways.get(sort));
            // One in each of so many equal parts of the way, as long as it was when it was shortest.
            var step = 1 + (way * part + random.nextInt(way)) / wanted;
            if (killed(ward, doors, sort, step)) {
                ways.put(sort, step);
            }
        }
    }

    /** One step after the other, until the answer was there first a few times in a row: how many steps it takes differs a little each time. */
    private void killedAtEach(KilledWard ward, StepDoors doors) throws Exception {
        for (var way : ways.entrySet()) {
            int late = 0;
            for (int step = 1; late < LATE && step < 3 * way.getValue(); step++) {
                late = killed(ward, doors, way.getKey(), step) ? late + 1 : 0;
            }
        }
    }

    /** A server that has just started takes its time, and what it does besides would count as well. */
    private void warmsUp(KilledWard ward, Sort sort) throws Exception {
        settles(ward, shown(ward, sort), Optional.empty());
    }

    /** How many steps it takes when nothing is in its way. */
    private int undisturbed(KilledWard ward, StepDoors doors, Sort sort) throws Exception {
        var tap = shown(ward, sort);
        doors.shutAt(NEVER, true);
        var answer = ward.sends(tap).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        var steps = doors.steps();
        settles(ward, tap, answer);
        return steps;
    }

    private Tap shown(KilledWard ward, Sort sort) throws Exception {
        orders += sort.ends() ? 0 : 1;
        return sort.ends() ? ward.ends().shown(sort) : ward.shown(sort);
    }

    /** Nothing disturbs this order, and the server lives no longer than until its answer is there. */
    private void killedAsItAnswers(KilledWard ward, StepDoors doors) throws Exception {
        var tap = shown(ward, SORTS.getFirst());
        doors.shutAt(NEVER, true);
        var answer = ward.sends(tap).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        ward.kill();
        assertThat(answer.map(Api.Answer::status)).contains(tap.sort().ends() ? 200 : 201);
        goesOn(ward, tap, answer);
    }

    /** Whether the nurse had her answer before. */
    private boolean killed(KilledWard ward, StepDoors doors, Sort sort, int step) throws Exception {
        var tap = shown(ward, sort);
        ward.doorsMove();
        doors.shutAt(step, passes);
        var sent = ward.sends(tap);
        assertThat(doors.awaitShut(LONGEST)).as("step %d", step).isTrue();
        ward.kill();
        var answer = sent.get(LONGEST.toSeconds(), TimeUnit.SECONDS).filter(said -> isDone(tap, said));
        passes = !passes;
        kills++;
        unanswered += answer.isEmpty() ? 1 : 0;
        System.out.printf(
                "killed at step %d of %s: %s, %d on record%n",
                step,
                sort,
                answer.isPresent() ? "answered" : "no answer",
                tap.sort().ends()
                        ? ward.ends().onRecord(tap)
                        : ward.record().ordersOf(tap).size());
        goesOn(ward, tap, answer);
        return answer.isPresent();
    }

    private static boolean isDone(Tap tap, Api.Answer said) {
        return tap.sort().ends() ? KilledEnds.isKnown(said) : KilledWard.isAnOrder(tap, said);
    }

    private void goesOn(KilledWard ward, Tap tap, Optional<Api.Answer> answer) throws Exception {
        var kept = ward.record().ordersOf(tap);
        if (answer.isPresent() && !tap.sort().ends()) {
            assertThat(kept).contains(answer.get().expect(201).text("id"));
        }
        ward.doorsMove();
        ward.restart();
        settles(ward, tap, answer);
        assertThat(ward.record().ordersOf(tap)).containsAll(kept);
    }

    /** What was answered or is on record stays, and the same tap again makes no second order. */
    private void settles(KilledWard ward, Tap tap, Optional<Api.Answer> answer) throws Exception {
        if (tap.sort().ends()) {
            ward.ends().settles(tap, answer);
            return;
        }
        var kept = ward.record().ordersOf(tap);
        var order = ward.sendsAgain(tap);
        if (!kept.isEmpty()) {
            assertThat(kept).contains(order);
        }
        answer.ifPresent(said -> assertThat(order).isEqualTo(said.expect(201).text("id")));
        ward.settles(tap, order);
    }
}
