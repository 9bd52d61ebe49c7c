package io.venule.simulation;

import io.venule.order.ChangeForm;
import io.venule.order.ChangeOutcome;
import io.venule.order.EndForm;
import io.venule.order.Ended;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import java.util.Optional;

/** Nurses who look after what waits and runs: they want another rate or a bolus, take an order back, or want an infusion stopped. */
final class Rounds {
    /** Within the soft limits, above the soft one, above the hard one, and no dose at all. */
    private static final String[] DOSES = {"3", "4", "6.5", "9", "14", "25", "31", "no"};
    /** Within the soft limits, more than is left late in a bag, outside the soft ones, above the hard one, and no dose at all. */
    private static final String[] BOLUSES = {"10", "25", "80", "100", "8", "120", "201", "no"};

    private static final String REASON = "TITRATING_TO_EFFECT";

    private final World world;
    private final World.Parameters run;
    private final Scheduler scheduler;
    private int taps;

    Rounds(World world, World.Parameters run) {
        this.world = world;
        this.run = run;
        this.scheduler = run.scheduler();
    }

    /** What they do in so many milliseconds of bad weather, and twice when all is well. */
    void plan(long storm) {
        if (scheduler.chance(600)) {
            scheduler.in(scheduler.between(8_000, 20_000), this::goRound);
        }
        scheduler.in(storm + scheduler.between(3_000, 19_000), this::look);
        scheduler.in(storm + scheduler.between(20_000, 60_000), this::look);
    }

    private void goRound() {
        if (run.weather().isClear()) {
            return;
        }
        look();
        scheduler.in(scheduler.between(3_000, 12_000), this::goRound);
    }

    /** At something open, if possible at what runs. */
    private void look() {
        var open = world.database().orders().stream()
                .filter(order -> order.state().isOpen())
                .toList();
        if (open.isEmpty()) {
            return;
        }
        var order = open.stream()
                .filter(any -> any.state() instanceof OrderState.Running && scheduler.chance(500))
                .findFirst()
                .orElseGet(() -> open.get((int) scheduler.between(0, open.size() - 1)));
        if (order.state() instanceof OrderState.Running) {
            if (scheduler.chance(700)) {
                change(order);
            } else {
                end(order, scheduler.chance(900) ? EndForm.What.STOP : EndForm.What.CANCEL);
            }
        } else if (scheduler.chance(order.isChange() ? 300 : 150)) {
            end(order, scheduler.chance(order.isChange() ? 100 : 500) ? EndForm.What.STOP : EndForm.What.CANCEL);
        }
    }

    private void change(OrderView order) {
        if (scheduler.chance(500)) {
            // Half of them as a nurse means it, so that it comes to a bolus.
            var last = scheduler.chance(500) ? 1 : BOLUSES.length - 1;
            ask(order, ChangeForm.Ask.BOLUS, BOLUSES[(int) scheduler.between(0, last)]);
        } else {
            ask(order, ChangeForm.Ask.RATE, DOSES[(int) scheduler.between(0, DOSES.length - 1)]);
        }
    }

    private void ask(OrderView order, ChangeForm.Ask what, String dose) {
        var tap = "%032x".formatted(0x10000L + ++taps);
        var server = world.anyServer();
        server.process().run(() -> {
            var shown = server.shown(
                    ChangeForm.toCheck(order.id(), what, dose), order.channel().pump());
            server.process().sleep(scheduler.between(500, 4_000));
            var form = new ChangeForm(order.id(), what, dose, scheduler.chance(700) ? REASON : "", shown, tap);
            if (scheduler.chance(200)) {
                scheduler.in(scheduler.between(0, 3_000), () -> again(form, order));
            }
            if (scheduler.chance(300)) {
                scheduler.in(scheduler.between(0, 4_000), () -> change(order));
            }
            if (scheduler.chance(400)) {
                scheduler.in(scheduler.between(0, 6_000), this::look);
            }
            place(server, form, order);
        });
    }

    private void again(ChangeForm form, OrderView order) {
        var server = world.anyServer();
        server.process().run(() -> place(server, form, order));
    }

    private void place(Server server, ChangeForm form, OrderView order) {
        var outcome = server.place(form, order.channel().pump());
        var word = outcome.map(Rounds::word).orElse("that nothing could be recorded");
        var what = form.ask() == ChangeForm.Ask.BOLUS ? "bolus " : "change ";
        run.trace().say("a nurse who wants a " + what + "sees " + word);
        run.trace().meet(what + word);
        if (outcome.isPresent() && outcome.get() instanceof ChangeOutcome.Gone(var gone)) {
            world.promises().the_screen_says_what_the_pump_said(gone);
        }
    }

    private static String word(ChangeOutcome outcome) {
        return switch (outcome) {
            case ChangeOutcome.Gone(var gone) -> gone.getClass().getSimpleName();
            case ChangeOutcome.Refused r -> "Refused";
            case ChangeOutcome.DisplayChanged d -> "DisplayChanged";
        };
    }

    /** Who listens on the wire sends a stop that got lost once more, when its time is over. */
    private void replayLast() {
        var last = world.promises().pumps().running().asked().getLast();
        run.trace().say("the end " + last.id() + " is replayed late");
        world.nodeOf(last.channel()).submit(last.channel().channel(), last.text());
    }

    private void end(OrderView order, EndForm.What what) {
        var form = new EndForm(order.id(), what, EndForm.Reason.OTHER);
        var server = world.anyServer();
        server.process().run(() -> {
            Optional<Ended> ended = server.end(form, order.channel().pump());
            run.trace()
                    .say("a nurse who wants " + what + " of " + order.id() + " sees "
                            + ended.map(Object::toString).orElse("that nothing could be looked up"));
            ended.ifPresent(said -> world.promises().told(form, said));
            if (ended.isPresent() && ended.get() instanceof Ended.Unconfirmed) {
                scheduler.in(scheduler.between(20_000, 50_000), this::replayLast);
            }
        });
    }
}
