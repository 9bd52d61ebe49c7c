package io.venule.simulator;

import java.util.Optional;

/**
 * That somebody at the server wants an infusion stopped, on the display until a person presses STOP or NO, or a minute has gone. What runs goes
 * on: no message stops it by itself. Source: pump contract, "Order to cancel or stop".
 */
final class WaitingStop {
    /** Milliseconds; as long as any order lives. */
    static final long LIFETIME = 60_000;

    private final int channel;
    private final RecordLog log;
    private Optional<Shown> shown = Optional.empty();

    /** What is asked, until that uptime in milliseconds. */
    private record Shown(EndText asked, long dropAt) {}

    WaitingStop(int channel, RecordLog log) {
        this.channel = channel;
        this.log = log;
    }

    /** A person pressed NO; whether there was anything to turn away. */
    boolean turnedAway() {
        var wasThere = shown.isPresent();
        drop("CANCELLED");
        return wasThere;
    }

    /** Shows it in place of one that was asked before. */
    void show(EndText asked, long uptime) {
        drop("CANCELLED");
        shown = Optional.of(new Shown(asked, uptime + LIFETIME));
    }

    /** A person stopped the infusion. */
    void done() {
        shown = Optional.empty();
    }

    private void drop(String cause) {
        shown.ifPresent(stop -> log.add(Events.dropped(channel, stop.asked().id(), cause)));
        shown = Optional.empty();
    }

    void tick(long uptime) {
        if (shown.filter(stop -> uptime >= stop.dropAt()).isPresent()) {
            drop("EXPIRED");
        }
    }

    /** What the display says; empty where nothing is asked. */
    String text() {
        return shown.map(WaitingStop.Shown::asked)
                .map(stop -> stop.approvals().getFirst().name() + " asks to STOP"
                        + stop.reason().map(why -> " (" + why + ")").orElse(""))
                .orElse("");
    }
}
