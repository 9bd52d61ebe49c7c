package io.venule.opcua;

import io.venule.pump.ChannelState;
import io.venule.pump.ChannelStatus;
import io.venule.pump.EnrolledPump;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one pump's channels show. While all of them are idle only their counters of state changes are read, one value each: as long as none has moved,
 * nothing else has. After a while everything is read all the same, so that nothing hangs on a counter alone.
 */
final class ChannelLook {
    private static final Duration WHOLE_AFTER = Duration.ofMinutes(1);

    private final EnrolledPump pump;
    private List<ChannelStatus> shown = List.of();
    private Duration wholeDue = Duration.ZERO;

    /** Of a pump whose session begins: nothing is known. */
    ChannelLook(EnrolledPump pump) {
        this.pump = pump;
    }

    /** Reads them; {@code uptime} is by a clock that nobody sets. */
    List<ChannelStatus> read(PumpCalls open, Instant now, Duration uptime) throws PumpUnreachable {
        if (uptime.compareTo(wholeDue) < 0 && isIdle() && isUnmoved(open.stateVersions(pump))) {
            shown = shown.stream().map(channel -> channel.unchangedAt(now)).toList();
        } else {
            shown = open.status(pump, now);
            wholeDue = uptime.plus(WHOLE_AFTER);
        }
        return shown;
    }

    private boolean isIdle() {
        return !shown.isEmpty() && shown.stream().allMatch(channel -> channel.state() == ChannelState.IDLE);
    }

    private boolean isUnmoved(List<Long> versions) {
        return shown.stream().map(ChannelStatus::stateVersion).toList().equals(versions);
    }
}
