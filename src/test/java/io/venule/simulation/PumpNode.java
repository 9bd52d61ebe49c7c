package io.venule.simulation;

import io.venule.pump.PumpSerial;
import io.venule.simulator.BarePump;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** A pump on the network, with a plug that can be pulled in the middle of anything. */
final class PumpNode {
    /** Points in one call at which the power may fail: before and after each write. */
    private static final int MOST_POINTS = 10;

    private final PumpSerial serial;
    private final BarePump pump;
    private final Scheduler scheduler;
    private final Weather weather;
    private final Network network;
    private final Trace trace;
    private final PumpPromises promises;
    private final Parts parts;
    private final Liar liar = new Liar(World.recordSigningKey());
    private final Set<Line> lines = new LinkedHashSet<>();

    /** One session between a process and this pump; it ends when either loses its power. */
    static final class Line {
        private final Consumer<String> events;
        private boolean open = true;

        private Line(Consumer<String> events) {
            this.events = events;
        }

        boolean isOpen() {
            return open;
        }

        void close() {
            open = false;
        }
    }

    PumpNode(PumpSerial serial, World.Parameters run, PumpPromises promises, BarePump.SetUp setUp, int factor) {
        this.serial = serial;
        this.scheduler = run.scheduler();
        this.weather = run.weather();
        this.network = run.network();
        this.trace = run.trace();
        this.promises = promises;
        this.parts = run.parts();
        var wrong = scheduler.chance(700) ? 0 : scheduler.between(-20_000, 20_000);
        this.pump = new BarePump(
                serial.value(),
                2,
                setUp,
                new BarePump.Conditions(
                        () -> World.MORNING.plusMillis(scheduler.now() + wrong),
                        scheduler.otherDice(),
                        factor,
                        run.parts().judge(),
                        this::wrote));
    }

    PumpSerial serial() {
        return serial;
    }

    BarePump bare() {
        return pump;
    }

    void switchOn() {
        if (!pump.isOn()) {
            trace.say(serial + " boots");
            promises.booted(this);
            powered(BarePump::switchOn);
        }
    }

    Optional<Line> connect(Consumer<String> events) {
        if (!pump.isOn() || weather.losesMessage()) {
            return Optional.empty();
        }
        var line = new Line(events);
        lines.removeIf(old -> !old.isOpen());
        lines.add(line);
        return Optional.of(line);
    }

    /** Somebody turns it, or repairs it. */
    void turn(Liar.Lie lie) {
        trace.say(serial + " lies: " + lie);
        liar.turn(lie);
    }

    /** Whether it ever said anything that is not its own word. */
    boolean hasLied() {
        return liar.hasLied();
    }

    private void wrote(String record) {
        promises.wrote(this, record);
        var said = liar.record(record);
        List.copyOf(lines).stream().filter(Line::isOpen).forEach(line -> network.send(() -> line.events.accept(said)));
    }

    Optional<List<String>> head() {
        return serve(BarePump::head).map(liar::head);
    }

    Optional<List<String>> records(String epoch, long from, int most) {
        return serve(on -> on.records(epoch, from, most)).map(liar::records);
    }

    Optional<String> readReceipt(int channel, String order) {
        return serve(on -> on.readReceipt(channel, order)).map(liar::receipt);
    }

    /** Has the pump do something now; empty where it is off, or goes off in the middle. */
    <T> Optional<T> serve(Function<BarePump, T> work) {
        if (!pump.isOn()) {
            return Optional.empty();
        }
        if (weather.cutsPower()) {
            pump.failAt((int) scheduler.between(1, MOST_POINTS));
        }
        var answer = new ArrayList<T>();
        powered(on -> answer.add(work.apply(on)));
        pump.failAt(0);
        return answer.stream().findFirst();
    }

    Optional<String> challenge(int channel) {
        return serve(on -> promises.gave(this, channel, on.challenge(channel))).map(liar::challenge);
    }

    /** The root's list of revoked keys comes. */
    Optional<String> revoke(String list) {
        return serve(on -> {
            var answer = parts.revoke(on, list);
            if (answer.equals("ACCEPTED")) {
                promises.took(this, list);
            }
            return answer;
        });
    }

    /** An order comes, from whomever, and is judged. */
    Optional<String> submit(int channel, String order) {
        return serve(on -> promises.judged(this, channel, order, () -> {
                    var receipt = on.submit(channel, order);
                    parts.answered(on, channel);
                    return receipt;
                }))
                .map(liar::receipt);
    }

    private void powered(Consumer<BarePump> work) {
        try {
            work.accept(pump);
        } catch (BarePump.PowerLost e) {
            cutPower();
        }
    }

    void cutPower() {
        trace.say(serial + " loses power");
        trace.meet("a power cut");
        pump.switchOff();
        lines.forEach(Line::close);
        lines.clear();
        scheduler.in(weather.isClear() ? 1_000 : scheduler.between(1_000, 15_000), this::switchOn);
    }
}
