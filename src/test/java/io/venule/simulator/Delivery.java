package io.venule.simulator;

import io.venule.simulator.OrderText.Quantity;
import java.util.Optional;

/** What one channel's motor does: its rate, the volume that adds up, and a bolus on top while one is given. Not safe for threads. */
final class Delivery {
    /** Microlitres times this are microlitres per hour times milliseconds, in which volume adds up exactly. */
    private static final long MILLIS_PER_HOUR = 3_600_000;

    private final int channel;
    private final RecordLog log;
    private final Motor motor;
    private long rate;
    private long programmed;
    private long infused;
    private long countedUntil;
    private Optional<Bolus> bolus = Optional.empty();
    private Optional<Bolus> brokenOff = Optional.empty();

    /**
     * A bolus that is being given.
     *
     * @param order the id of the order that asks for it
     * @param from what the infusion had given before
     * @param volume what it is to give, in microlitres
     * @param at how fast, in µL/h
     */
    record Bolus(String order, long from, long volume, long at) {}

    /**
     * How it works.
     *
     * @param factor how many milliseconds of infusing go by in one of uptime
     * @param takesUpBoluses whether it gives, after a pause, what a pause broke off; only to show what goes wrong then
     */
    record Motor(long factor, boolean takesUpBoluses) {}

    Delivery(int channel, RecordLog log, Motor motor, long uptime) {
        this.channel = channel;
        this.log = log;
        this.motor = motor;
        this.countedUntil = uptime;
    }

    /** What it delivers now, in µL/h. */
    long rate() {
        return rate;
    }

    /** What the infusion is set to, in µL/h; a bolus does not change it. */
    long programmed() {
        return programmed;
    }

    /** In whole microlitres. */
    long infusedVolume() {
        return infused / MILLIS_PER_HOUR;
    }

    boolean givesBolus() {
        return bolus.isPresent();
    }

    /** What the bolus has given so far, in whole microlitres. */
    private long bolusVolume(Bolus given) {
        return Math.min(given.volume(), (infused - given.from()) / MILLIS_PER_HOUR);
    }

    /** What the display says of a bolus; empty where none is given. */
    String bolusText() {
        return bolus.map(given -> "Giving a bolus: " + Fraction.decimalOfThousandths(bolusVolume(given)) + " of "
                        + Fraction.decimalOfThousandths(given.volume()) + " mL")
                .orElse("");
    }

    void begin(long newRate) {
        infused = 0;
        brokenOff = Optional.empty();
        set(newRate);
    }

    /** Another rate for the infusion, from now. */
    void set(long newRate) {
        programmed = newRate;
        rate = newRate;
    }

    /** Stands still; what was set stays. Gives the rate until now. */
    long halt() {
        return at(0);
    }

    /** Goes on as it was set; gives the rate until now. */
    long goOn() {
        bolus = brokenOff.filter(given -> motor.takesUpBoluses() && bolusVolume(given) < given.volume());
        brokenOff = Optional.empty();
        return at(bolus.map(Bolus::at).orElse(programmed));
    }

    void end() {
        set(0);
    }

    private long at(long newRate) {
        var before = rate;
        rate = newRate;
        return before;
    }

    /** Gives the rate until now. */
    long beginBolus(String order, Quantity volume, Quantity at) {
        var speed = at.value().thousandths().orElseThrow();
        bolus = Optional.of(
                new Bolus(order, infused, volume.value().thousandths().orElseThrow(), speed));
        return at(speed);
    }

    /** The bolus is over, given in full or broken off; nobody gives the rest later. */
    void endBolus() {
        bolus.ifPresent(ended -> log.add(Events.bolusGiven(channel, ended.order(), bolusVolume(ended))));
        brokenOff = bolus;
        bolus = Optional.empty();
    }

    boolean bolusIsDone() {
        return bolus.filter(given -> infused - given.from() >= exact(given.volume()))
                .isPresent();
    }

    boolean isDone(long toInfuse) {
        return infused >= exact(toInfuse);
    }

    /** Whether this much of what was to be infused is left. */
    boolean hasLeft(Quantity volume, Program of) {
        return exact(of.toInfuse()) - infused
                >= exact(volume.value().thousandths().orElseThrow());
    }

    /** The milliseconds of infusing that went by since last asked. */
    long elapsed(long uptime) {
        var elapsed = Math.multiplyExact(Math.max(0, uptime - countedUntil), motor.factor());
        countedUntil = uptime;
        return elapsed;
    }

    void run(long millis) {
        infused = Math.addExact(infused, Math.multiplyExact(rate, millis));
    }

    /** Runs until the volume or the bolus is done, at most so long; gives back the milliseconds that are left over. */
    long runUpTo(long toInfuse, long millis) {
        var toVolume = exact(toInfuse) - infused;
        var left = bolus.map(given -> Math.min(toVolume, given.from() + exact(given.volume()) - infused))
                .orElse(toVolume);
        var used = Math.min(millis, Math.ceilDiv(left, rate));
        run(used);
        return millis - used;
    }

    private static long exact(long microlitres) {
        return Math.multiplyExact(microlitres, MILLIS_PER_HOUR);
    }
}
