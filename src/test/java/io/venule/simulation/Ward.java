package io.venule.simulation;

import io.venule.order.OrderForm;
import io.venule.order.OrderState;
import io.venule.order.OrderView;
import io.venule.order.Outcome;
import io.venule.order.SignedOrder;
import io.venule.pump.ChannelId;
import io.venule.pump.ChannelState;
import java.util.List;
import java.util.Optional;

/** The people: nurses who order, tap twice and try again, whoever stands at the pumps, who sets clocks, who turns a pump, and who replays what they heard. */
final class Ward {
    private static final long A_YEAR = 31_536_000_000L;
    /** Seconds, an hour, and a year, which is outside the lifetime of the ward's key. */
    private static final long[] PUMP_CLOCK_ERRORS = {
        -A_YEAR, -3_600_000, -61_000, -25_000, -5_000, 5_000, 25_000, 61_000, 3_600_000, A_YEAR
    };

    private static final Liar.Lie[] LIES = {
        Liar.Lie.STRANGE_RECORDS, Liar.Lie.ANOTHER_LOG, Liar.Lie.STRANGE_CHALLENGES, Liar.Lie.OTHER_RECEIPTS
    };

    private static final String[] RATES = {"5", "7.5", "11", "20"};

    private final World world;
    private final World.Parameters run;
    private final Scheduler scheduler;
    private int taps;
    private int bags;

    Ward(World world, World.Parameters run) {
        this.world = world;
        this.run = run;
        this.scheduler = run.scheduler();
    }

    /** Everything that people will do in so many milliseconds of bad weather, and that they tidy up afterwards. */
    void plan(long storm) {
        var orders = scheduler.between(2, 4);
        for (int i = 0; i < orders; i++) {
            scheduler.in(scheduler.between(3_000, storm * 2 / 3), this::order);
        }
        for (var pump : world.pumps()) {
            scheduler.in(scheduler.between(2_000, 10_000), () -> stand(pump));
            for (int i = 0; i < 3; i++) {
                if (scheduler.chance(250)) {
                    scheduler.in(scheduler.between(5_000, storm), () -> setClock(pump, clockError()));
                }
                if (scheduler.chance(150)) {
                    scheduler.in(scheduler.between(5_000, storm), pump::cutPower);
                }
            }
        }
        for (int i = 0; i < 3; i++) {
            if (scheduler.chance(200)) {
                scheduler.in(scheduler.between(5_000, storm), this::setServerClock);
            }
            if (scheduler.chance(300)) {
                scheduler.in(scheduler.between(20_000, storm + 40_000), this::replay);
            }
        }
        if (scheduler.chance(150)) {
            scheduler.in(scheduler.between(5_000, storm / 2), this::overtaken);
        }
        if (scheduler.chance(250)) {
            scheduler.in(scheduler.between(5_000, storm), this::revoke);
        }
        if (scheduler.chance(200)) {
            var pump =
                    world.pumps().get((int) scheduler.between(0, world.pumps().size() - 1));
            var lie = LIES[(int) scheduler.between(0, LIES.length - 1)];
            scheduler.in(scheduler.between(5_000, storm / 2), () -> pump.turn(lie));
        }
        scheduler.in(storm + scheduler.between(1_000, 40_000), this::order);
        scheduler.in(storm + scheduler.between(10_000, 60_000), this::replay);
        scheduler.in(storm + 20_000, this::tidyUp);
    }

    private void revoke() {
        run.trace().say("the order key in use is revoked");
        world.keys().revoke();
    }

    private long clockError() {
        return PUMP_CLOCK_ERRORS[(int) scheduler.between(0, PUMP_CLOCK_ERRORS.length - 1)];
    }

    private void setServerClock() {
        if (!run.weather().isClear()) {
            var servers = world.servers();
            servers.get((int) scheduler.between(0, servers.size() - 1))
                    .process()
                    .setClock(scheduler.chance(200) ? scheduler.chance(500) ? A_YEAR : -A_YEAR : clockError());
        }
    }

    private void setClock(PumpNode pump, long shift) {
        run.trace().say(pump.serial() + " clock set by " + shift);
        pump.serve(on -> {
            on.setClock(shift);
            return "";
        });
    }

    // Nurses -------------------------------------------------------------------------------------------------

    private void order() {
        var pump = world.pumps().get((int) scheduler.between(0, world.pumps().size() - 1));
        var number = scheduler.chance(500) ? finished(pump) : (int) scheduler.between(1, 2);
        var channel = lost().filter(order -> run.weather().isClear())
                .map(OrderView::channel)
                .orElse(new ChannelId(pump.serial(), number));
        order(channel, (int) scheduler.between(0, WardOnPaper.PRESCRIPTIONS - 1), 1);
        if (scheduler.chance(100)) {
            scheduler.in(scheduler.between(0, 2_000), () -> order(channel, 0, 0));
        }
    }

    /** One that has just finished, if there is one: that is where the next bag goes. */
    private static int finished(PumpNode pump) {
        return pump.serve(on -> on.panel(2).state() == ChannelState.COMPLETE ? 2 : 1)
                .orElse(1);
    }

    private void order(ChannelId channel, int prescription, int triesLeft) {
        var bag = scheduler.chance(800) || bags == 0 ? ++bags : (int) scheduler.between(1, bags);
        order(channel, prescription, bag, triesLeft, world.anyServer());
    }

    private void order(ChannelId channel, int prescription, int bag, int triesLeft, Server server) {
        var tap = "%032x".formatted(++taps);
        server.process().run(() -> {
            var scans = OrderForm.toCheck(
                    WardOnPaper.wristband(), WardOnPaper.bag(bag, prescription), WardOnPaper.tag(channel));
            var shown = server.shown(scans, channel.pump());
            server.process().sleep(scheduler.between(500, 5_000));
            var form = new OrderForm(scans.wristband(), scans.bag(), scans.pumpTag(), "", "", shown, tap);
            if (scheduler.chance(150)) {
                scheduler.in(scheduler.between(0, 4_000), () -> tapAgain(form, channel));
            }
            if (scheduler.chance(800)) {
                scheduler.in(scheduler.between(0, scheduler.chance(500) ? 60 : 6_000), () -> colleague(channel));
            }
            if (scheduler.chance(100)) {
                scheduler.in(scheduler.between(4_000, 20_000), this::setServerClock);
            }
            place(server, form, channel, prescription, triesLeft);
        });
    }

    /** The process that has the pump stands still over an order, and the other channel gets one by the process that takes over. T-70. */
    private void overtaken() {
        var pump = world.pumps().getFirst().serial();
        world.ownerOf(pump).filter(owner -> owner.process().isUp()).ifPresent(owner -> {
            run.weather().stallNext();
            order(new ChannelId(pump, 1), 0, ++bags, 0, owner);
            for (var other : world.servers()) {
                if (!other.equals(owner)) {
                    scheduler.in(12_000, () -> order(new ChannelId(pump, 2), 1, ++bags, 0, other));
                    scheduler.in(16_000, () -> order(new ChannelId(pump, 2), 2, ++bags, 0, other));
                }
            }
        });
    }

    /** Clears a finished channel while the order for it is on its way. */
    private void colleague(ChannelId channel) {
        var pump = world.nodeOf(channel);
        world.promises()
                .pumps()
                .pressed(() -> pump.serve(on -> {
                    if (on.panel(channel.channel()).state() == ChannelState.COMPLETE) {
                        on.stop(channel.channel());
                    }
                    return "";
                }));
    }

    private void tapAgain(OrderForm form, ChannelId channel) {
        var server = world.anyServer();
        server.process().run(() -> place(server, form, channel, 0, 0));
    }

    private void place(Server server, OrderForm form, ChannelId channel, int prescription, int triesLeft) {
        var outcome = server.place(form, channel.pump());
        run.trace()
                .say("a nurse sees "
                        + outcome.map(seen -> seen.getClass().getSimpleName())
                                .orElse("that nothing could be recorded"));
        outcome.ifPresent(seen -> run.trace().meet("outcome " + seen.getClass().getSimpleName()));
        outcome.ifPresent(world.promises()::the_screen_says_what_the_pump_said);
        if (triesLeft > 0
                && !run.weather().isClear()
                && outcome.filter(Outcome.Accepted.class::isInstance).isEmpty()) {
            scheduler.in(scheduler.between(2_000, 30_000), () -> order(channel, prescription, triesLeft - 1));
        }
    }

    // At the pump --------------------------------------------------------------------------------------------

    private void stand(PumpNode pump) {
        if (run.weather().isClear()) {
            return;
        }
        press(pump, busiest(pump));
        scheduler.in(scheduler.between(1_000, 9_000), () -> stand(pump));
    }

    /** One of the two, but none that has nothing to do while the other one has. */
    private int busiest(PumpNode pump) {
        var any = (int) scheduler.between(1, 2);
        return pump.serve(on -> switch (on.panel(any).state()) {
                    case IDLE, COMPLETE -> 3 - any;
                    case ORDER_PENDING, RUNNING, KEEP_VEIN_OPEN, PAUSED, ALARM -> any;
                })
                .orElse(any);
    }

    private void press(PumpNode pump, int channel) {
        world.promises()
                .pumps()
                .pressed(() -> pump.serve(on -> {
                    switch (on.panel(channel).state()) {
                        case IDLE, COMPLETE -> on.tick();
                        case ORDER_PENDING -> {
                            if (scheduler.chance(700)) {
                                on.start(channel);
                            } else if (scheduler.chance(300)) {
                                on.stop(channel);
                            }
                        }
                        case RUNNING -> running(pump, channel);
                        case PAUSED -> on.resume(channel);
                        case KEEP_VEIN_OPEN, ALARM -> on.stop(channel);
                    }
                    return "";
                }));
    }

    private void running(PumpNode pump, int channel) {
        var shown = pump.bare().panel(channel);
        if (!shown.stop().isEmpty() && scheduler.chance(500)) {
            if (scheduler.chance(600)) {
                pump.bare().stop(channel);
            } else {
                pump.bare().decline(channel);
            }
            return;
        }
        if (!shown.change().isEmpty() && scheduler.chance(700)) {
            if (scheduler.chance(800)) {
                pump.bare().start(channel);
            } else {
                pump.bare().decline(channel);
            }
            return;
        }
        switch ((int) scheduler.between(0, 7)) {
            case 0 -> pump.bare().stop(channel);
            case 1 -> pump.bare().pause(channel);
            case 2 -> pump.bare().setRate(channel, RATES[(int) scheduler.between(0, RATES.length - 1)]);
            default -> pump.bare().tick();
        }
    }

    /** Somebody goes round and stops everything, then looks once more. */
    private void tidyUp() {
        for (var pump : world.pumps()) {
            for (var channel : List.of(1, 2)) {
                world.promises()
                        .pumps()
                        .pressed(() -> pump.serve(on -> {
                            on.stop(channel);
                            return "";
                        }));
            }
        }
        scheduler.in(20_000, this::tidyUp);
    }

    // Who listens on the wire --------------------------------------------------------------------------------

    /** An order that never reached its pump. */
    private Optional<OrderView> lost() {
        return world.database().orders().stream()
                .filter(order -> order.state() instanceof OrderState.Expired)
                .findFirst();
    }

    /** Sends an order that was once made to a pump again: anywhere, or to its own channel with the clock set back to when it was good. */
    private void replay() {
        var orders = world.database().orders();
        if (orders.isEmpty()) {
            return;
        }
        var ends = world.promises().pumps().running().asked();
        if (!ends.isEmpty() && scheduler.chance(400)) {
            replay(ends.get((int) scheduler.between(0, ends.size() - 1)));
            return;
        }
        var old = lost().filter(order -> scheduler.chance(700))
                .orElseGet(() -> orders.get((int) scheduler.between(0, orders.size() - 1)));
        if (scheduler.chance(400)) {
            var pump =
                    world.pumps().get((int) scheduler.between(0, world.pumps().size() - 1));
            run.trace().say("order " + old.id() + " is replayed to " + pump.serial());
            pump.submit((int) scheduler.between(1, 2), old.signed());
            return;
        }
        var pump = world.nodeOf(old.channel());
        run.trace().say("order " + old.id() + " is replayed in its own time");
        pump.serve(on -> old.expiresAt().toEpochMilli() - on.wallClock() - scheduler.between(1, 59_000))
                .ifPresent(shift -> {
                    setClock(pump, shift);
                    pump.submit(old.channel().channel(), old.signed());
                    setClock(pump, -shift);
                });
    }

    /** A stop has no time of its own that a pump looks at. */
    private void replay(SignedOrder end) {
        run.trace().say("the end " + end.id() + " is replayed");
        world.nodeOf(end.channel()).submit(scheduler.chance(800) ? end.channel().channel() : 1, end.text());
    }
}
