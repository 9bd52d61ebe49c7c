package io.venule.simulator;

import java.util.Optional;

/**
 * A change of rate, or a bolus, that waits on the display while the infusion goes on as it was. It was approved for the infusion just as it is, so
 * that whatever else changes there takes it off the display. Not safe for threads.
 */
final class WaitingChange {
    private final int channel;
    private final RecordLog log;
    private Optional<Shown> shown = Optional.empty();

    WaitingChange(int channel, RecordLog log) {
        this.channel = channel;
        this.log = log;
    }

    /**
     * What is asked.
     *
     * @param next the running order with its new dose and rate
     * @param dropAt uptime in milliseconds
     */
    record Shown(ChangeText asked, String hash, Program next, long dropAt) {}

    boolean isThere() {
        return shown.isPresent();
    }

    boolean is(EndText.Target target) {
        return shown.filter(change -> change.hash().equals(target.hash())
                        && change.asked().id().equals(target.id()))
                .isPresent();
    }

    Optional<Shown> shown() {
        return shown;
    }

    void show(Shown change) {
        shown = Optional.of(change);
    }

    /** Takes it off the display to be carried out. */
    Optional<Shown> take() {
        var taken = shown;
        shown = Optional.empty();
        return taken;
    }

    void drop(String cause) {
        take().ifPresent(
                        change -> log.add(Events.dropped(channel, change.asked().id(), cause)));
    }

    void tick(long uptime) {
        if (shown.filter(change -> uptime >= change.dropAt()).isPresent()) {
            drop("EXPIRED");
        }
    }

    /** What the display says; empty where nothing is asked. */
    String text() {
        return shown.map(change -> change.asked()
                                .bolus()
                                .map(volume -> "Bolus of " + volume.text() + " mL at ")
                                .orElse("Change to ")
                        + change.asked().rate().text() + " mL/h"
                        + change.asked()
                                .dose()
                                .map(dose -> " (" + dose.display() + ")")
                                .orElse("")
                        + ", asked by " + change.asked().asking())
                .orElse("");
    }
}
