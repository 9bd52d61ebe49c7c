package io.venule.opcua;

import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import java.time.Duration;
import java.util.List;

/**
 * When a pump's channels are to be read next. While anything goes on there, often. While all of them are idle, seldom: whatever begins is a record first, and a
 * record comes by itself. For some time after a record they are read often whatever they show, because what is read beside one may be older. By uptime, which nobody sets.
 */
final class StatusPace {
    private final Duration often;
    private final Duration seldom;
    private Duration quiet;
    private Duration due;

    /** Just read, at this uptime, and nothing is known of the pump. */
    StatusPace(Duration often, Duration seldom, Duration now) {
        this.often = often;
        this.seldom = seldom;
        this.quiet = now.plus(seldom);
        this.due = now.plus(often);
    }

    /** A record came: what it did is to be read now. */
    void heard(Duration now) {
        quiet = now.plus(seldom);
        due = now;
    }

    boolean isDue(Duration now) {
        return now.compareTo(due) >= 0;
    }

    /** How long nothing is due, neither a reading nor what is due at {@code other}. */
    Duration untilDue(Duration now, Duration other) {
        var next = due.compareTo(other) < 0 ? due : other;
        return next.compareTo(now) < 0 ? Duration.ZERO : next.minus(now);
    }

    /** The channels were read, and showed this. */
    void read(Duration now, List<ChannelStatus> shown) {
        var idle = shown.stream().allMatch(channel -> channel.state() == ChannelState.IDLE);
        due = now.plus(idle && now.compareTo(quiet) >= 0 ? seldom : often);
    }
}
