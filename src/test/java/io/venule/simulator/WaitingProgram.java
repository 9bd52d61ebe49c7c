package io.venule.simulator;

import io.venule.pump.ChannelState;
import java.util.Optional;

/** A program that waits on the display for START, until it expires. Not safe for threads. */
final class WaitingProgram {
    private Optional<Shown> shown = Optional.empty();

    /**
     * What waits.
     *
     * @param before the state that the channel goes back to
     * @param dropAt uptime in milliseconds
     */
    record Shown(Program program, ChannelState before, long dropAt) {}

    boolean isThere() {
        return shown.isPresent();
    }

    boolean is(EndText.Target target) {
        return program().filter(waiting -> waiting.is(target)).isPresent();
    }

    Optional<Shown> shown() {
        return shown;
    }

    Optional<Program> program() {
        return shown.map(Shown::program);
    }

    void show(Shown program) {
        shown = Optional.of(program);
    }

    /** Takes it off the display, to be started or dropped. */
    Shown take() {
        var taken = shown.orElseThrow();
        shown = Optional.empty();
        return taken;
    }

    boolean isOver(long uptime) {
        return shown.filter(waiting -> uptime >= waiting.dropAt()).isPresent();
    }
}
