package io.venule.simulator;

import io.venule.pump.AlarmKind;
import io.venule.pump.ChannelState;
import io.venule.pump.RateCause;
import io.venule.signing.Digest;
import io.venule.simulator.Events.Change;
import java.util.Optional;

/**
 * One channel: what it delivers and what people press on it. Not safe for threads; the {@link PumpBrain} guards it. <pre>
 * IDLE --order--> ORDER_PENDING --START--> RUNNING --volume done--> KEEP_VEIN_OPEN --STOP--> COMPLETE --order--> …
 *                       |                   |   ^                                 COMPLETE --STOP--> IDLE
 *                expiry, cancel       pause |   | resume        occlusion, air: RUNNING --> ALARM --cleared--> PAUSED
 *                       v                   v   |
 *              back where it was           PAUSED --STOP--> IDLE
 * </pre>
 */
final class ChannelBrain {
    private final int number;
    private final StepTable steps;
    private final PumpClock clock;
    private final Delivery delivery;
    private final RecordLog log;
    private final Alarms alarms;
    private final WaitingProgram waiting = new WaitingProgram();
    private final WaitingChange change;
    private final WaitingStop stop;

    private ChannelState state = ChannelState.IDLE;
    private long stateVersion = 1;
    private long lastSequence;
    private String lastOrder = Digest.NONE.hex();
    private Optional<Program> program = Optional.empty();
    private boolean doorOpen;

    ChannelBrain(int number, StepTable steps, PumpClock clock, Delivery.Motor motor, RecordLog log) {
        this.number = number;
        this.steps = steps;
        this.clock = clock;
        this.delivery = new Delivery(number, log, motor, clock.uptime());
        this.log = log;
        this.alarms = new Alarms(number, log);
        this.change = new WaitingChange(number, log);
        this.stop = new WaitingStop(number, log);
    }

    int number() {
        return number;
    }

    ChannelState state() {
        return state;
    }

    long stateVersion() {
        return stateVersion;
    }

    long lastSequence() {
        return lastSequence;
    }

    String lastOrder() {
        return lastOrder;
    }

    Delivery delivery() {
        return delivery;
    }

    /** Hash of the order it works on; 64 zeros when none. */
    String running() {
        return program.map(Program::hash).orElse(Digest.NONE.hex());
    }

    boolean isFree() {
        return state == ChannelState.IDLE || state == ChannelState.COMPLETE;
    }

    /** What a change of rate may change: this order, while it runs. */
    Optional<Program> running(EndText.Target target) {
        return state == ChannelState.RUNNING ? program.filter(p -> p.is(target)) : Optional.empty();
    }

    WaitingChange change() {
        return change;
    }

    boolean waitsWith(EndText.Target target) {
        return change.is(target) || waiting.is(target);
    }

    /** Whether this order is on the channel and could still give something. */
    boolean worksOn(EndText.Target target) {
        return !isFree()
                && state != ChannelState.ORDER_PENDING
                && program.filter(p -> p.is(target)).isPresent();
    }

    /** Takes back what waits, at once. What runs goes on, and the display says that somebody wants it stopped. */
    void end(EndText asked) {
        log.add(Events.accepted(number, asked.id()));
        if (waitsWith(asked.target())) {
            takeBack();
        } else {
            stop.show(asked, clock.uptime());
            enter(state);
        }
    }

    /** Takes an order that passed every check; it waits for START until it expires. What runs goes on. */
    void accept(SignedText.InTurn order, String hash, Program next) {
        var dropAt = clock.uptime() + order.expires() - clock.wall();
        lastSequence = order.sequence();
        lastOrder = hash;
        switch (order) {
            case OrderText program -> {
                waiting.show(new WaitingProgram.Shown(next, state, dropAt));
                enter(ChannelState.ORDER_PENDING);
            }
            case ChangeText asked -> {
                change.show(new WaitingChange.Shown(asked, hash, next, dropAt));
                stateVersion++;
            }
        }
        log.add(Events.accepted(number, order.id()));
    }

    Pressed start(String who) {
        if (!waiting.isThere() && !change.isThere()) {
            return new Pressed.Refused("No order is waiting.");
        }
        if (doorOpen) {
            return new Pressed.Refused("Close the door first.");
        }
        if (alarms.any()) {
            return new Pressed.Refused("Clear the alarm first.");
        }
        if (!waiting.isThere()) {
            return startChange(who);
        }
        var next = waiting.take().program();
        program = Optional.of(next);
        delivery.begin(next.order().rate().value().thousandths().orElseThrow());
        enter(ChannelState.RUNNING);
        log.add(Events.confirmed(number, next.order().id(), who));
        log.add(Events.started(number, next.order().id(), delivery.rate()));
        return new Pressed.Done();
    }

    private Pressed startChange(String who) {
        var asked = change.shown().orElseThrow().asked();
        var current = program.orElseThrow();
        var volume = asked.bolus();
        if (volume.isPresent() && !delivery.hasLeft(volume.get(), current)) {
            return new Pressed.Refused("Less is left to infuse than the bolus would give.");
        }
        var taken = change.take().orElseThrow();
        log.add(Events.confirmed(number, asked.id(), who));
        if (volume.isPresent()) {
            rateChanged(delivery.beginBolus(asked.id(), volume.get(), asked.rate()), who, RateCause.BOLUS);
        } else {
            program = Optional.of(new Program(taken.next().order(), current.hash(), current.limits()));
            changeRate(asked.rate().value().thousandths().orElseThrow(), who, RateCause.ORDER);
        }
        return new Pressed.Done();
    }

    /** NO: turns away what waits or was asked, and leaves what runs as it is. */
    Pressed decline() {
        if (stop.turnedAway()) {
            return new Pressed.Done();
        }
        if (!waiting.isThere() && !change.isThere()) {
            return new Pressed.Refused("No order is waiting.");
        }
        takeBack();
        return new Pressed.Done();
    }

    private void takeBack() {
        if (waiting.isThere()) {
            drop("CANCELLED");
        } else {
            enter(state);
        }
    }

    /** STOP: turns a waiting order away, ends an infusion, or clears a finished one. */
    Pressed stop(String who) {
        if (waiting.isThere()) {
            drop("CANCELLED");
            return new Pressed.Done();
        }
        return switch (state) {
            case IDLE, ORDER_PENDING -> new Pressed.Refused("Nothing is running.");
            case COMPLETE -> {
                program = Optional.empty();
                enter(ChannelState.IDLE);
                alarms.endAll();
                yield new Pressed.Done();
            }
            case RUNNING, PAUSED, ALARM, KEEP_VEIN_OPEN -> {
                end(who, state == ChannelState.KEEP_VEIN_OPEN ? ChannelState.COMPLETE : ChannelState.IDLE);
                program = Optional.empty();
                yield new Pressed.Done();
            }
        };
    }

    private void end(String who, ChannelState next) {
        delivery.endBolus();
        delivery.end();
        enter(next);
        log.add(Events.stopped(number, orderId(), delivery.infusedVolume(), who));
        alarms.endAll();
        stop.done();
    }

    Pressed pause() {
        if (state != ChannelState.RUNNING) {
            return new Pressed.Refused("Nothing is running.");
        }
        delivery.endBolus();
        delivery.halt();
        enter(ChannelState.PAUSED);
        log.add(Events.paused(number, orderId(), delivery.infusedVolume()));
        return new Pressed.Done();
    }

    Pressed resume() {
        if (state != ChannelState.PAUSED) {
            return new Pressed.Refused("Nothing is paused.");
        }
        if (doorOpen) {
            return new Pressed.Refused("Close the door first.");
        }
        delivery.goOn();
        enter(ChannelState.RUNNING);
        log.add(Events.resumed(number, orderId(), delivery.rate()));
        return new Pressed.Done();
    }

    /** Sets another rate on the keypad; a soft limit must be confirmed, a hard one holds. */
    Pressed setRate(String millilitresPerHour, String who, boolean confirmed) {
        if (state != ChannelState.RUNNING || program.isEmpty()) {
            return new Pressed.Refused("The rate can be changed while the infusion runs.");
        }
        if (delivery.givesBolus()) {
            return new Pressed.Refused("A bolus is being given; PAUSE or STOP ends it.");
        }
        var typed = new KeypadRate(millilitresPerHour, steps);
        var objection = typed.objection(program.get(), delivery.rate(), confirmed);
        if (objection.isPresent()) {
            return objection.get();
        }
        changeRate(typed.settable().orElseThrow(), who, RateCause.KEYPAD);
        return new Pressed.Done();
    }

    /** Occlusion and air in line stop delivery; ended by hand, the channel waits to be resumed. */
    void alarm(AlarmKind kind, boolean on) {
        if (on && alarms.start(kind)) {
            if (Alarms.stopsDelivery(kind) && (state == ChannelState.RUNNING || state == ChannelState.KEEP_VEIN_OPEN)) {
                delivery.endBolus();
                change.drop("CANCELLED");
                rateChanged(delivery.halt(), "", RateCause.ALARM);
                enter(ChannelState.ALARM);
            }
        } else if (!on && alarms.end(kind)) {
            if (state == ChannelState.ALARM && !alarms.anyStopsDelivery()) {
                enter(ChannelState.PAUSED);
            }
        }
    }

    void door(boolean open) {
        if (doorOpen != open) {
            doorOpen = open;
            log.add(Events.door(number, open));
            if (open && state == ChannelState.RUNNING) {
                pause();
            }
        }
    }

    /** Brings volume, completion and expiry up to now. */
    void tick() {
        var now = clock.uptime();
        var elapsed = delivery.elapsed(now);
        change.tick(now);
        stop.tick(now);
        if (waiting.isOver(now)) {
            drop("EXPIRED");
        }
        while (state == ChannelState.RUNNING && program.isPresent()) {
            elapsed = delivery.runUpTo(program.get().toInfuse(), elapsed);
            if (delivery.isDone(program.get().toInfuse())) {
                complete(program.get());
            } else if (delivery.bolusIsDone()) {
                bolusDone();
            } else {
                return;
            }
        }
        if (state == ChannelState.KEEP_VEIN_OPEN) {
            delivery.run(elapsed);
        }
    }

    private void bolusDone() {
        delivery.endBolus();
        rateChanged(delivery.goOn(), "", RateCause.BOLUS);
    }

    private void complete(Program done) {
        delivery.endBolus();
        var keepOpen = done.limits().area().keepVeinOpen().thousandths().orElse(0L);
        log.add(Events.volumeComplete(number, orderId(), delivery.infusedVolume()));
        var to = steps.atOrBelow(Math.min(keepOpen, delivery.rate()));
        if (to != delivery.rate()) {
            changeRate(to, "", RateCause.VOLUME_COMPLETE);
        }
        delivery.set(to);
        enter(to == 0 ? ChannelState.COMPLETE : ChannelState.KEEP_VEIN_OPEN);
        alarms.start(AlarmKind.VOLUME_COMPLETE);
        if (to > 0) {
            log.add(Events.keepVeinOpen(number, orderId(), to));
            alarms.start(AlarmKind.KEEP_VEIN_OPEN);
        }
    }

    private void drop(String cause) {
        var dropped = waiting.take();
        enter(dropped.before());
        log.add(Events.dropped(number, dropped.program().order().id(), cause));
    }

    private void changeRate(long to, String who, RateCause cause) {
        change.drop("CANCELLED");
        var from = delivery.rate();
        delivery.set(to);
        rateChanged(from, who, cause);
    }

    private void rateChanged(long from, String who, RateCause cause) {
        stateVersion++;
        log.add(Events.rateChanged(number, orderId(), new Change(from, delivery.rate(), who, cause)));
    }

    private void enter(ChannelState next) {
        change.drop("CANCELLED");
        state = next;
        stateVersion++;
    }

    private String orderId() {
        return program.map(current -> current.order().id()).orElse("");
    }

    PumpView.Channel view() {
        var shown = waiting.program().or(() -> program);
        var order = shown.map(Program::order);
        var toInfuse = shown.map(Program::toInfuse).orElse(0L);
        var given = waiting.isThere() || program.isEmpty() ? 0 : delivery.infusedVolume();
        return new PumpView.Channel(
                number,
                state,
                order.map(OrderText::drugName).orElse(""),
                order.flatMap(OrderText::dose).map(OrderText.Quantity::display).orElse(""),
                order.flatMap(OrderText::concentration)
                        .map(OrderText.Strength::display)
                        .orElse(""),
                Fraction.decimalOfThousandths(delivery.rate()),
                waiting.program()
                        .map(w -> w.order().rate().text())
                        .orElseGet(() -> Fraction.decimalOfThousandths(delivery.programmed())),
                Fraction.decimalOfThousandths(toInfuse),
                Fraction.decimalOfThousandths(given),
                Fraction.decimalOfThousandths(Math.max(0, toInfuse - given)),
                order.map(OrderText::id).orElse(""),
                order.map(SignedText::approvedBy).orElse(""),
                order.flatMap(o -> o.library().override()).orElse(""),
                change.text(),
                delivery.bolusText(),
                stop.text(),
                waiting.shown()
                        .map(WaitingProgram.Shown::dropAt)
                        .or(() -> change.shown().map(WaitingChange.Shown::dropAt))
                        .map(at -> Math.max(0, at - clock.uptime()))
                        .orElse(0L),
                stateVersion,
                doorOpen,
                alarms.names());
    }
}
