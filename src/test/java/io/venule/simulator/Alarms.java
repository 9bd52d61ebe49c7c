package io.venule.simulator;

import io.venule.pump.AlarmKind;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The alarms that stand on one channel; each start and end is a record. Not safe for threads. */
final class Alarms {
    private final int channel;
    private final RecordLog log;
    private final Set<AlarmKind> standing = EnumSet.noneOf(AlarmKind.class);

    Alarms(int channel, RecordLog log) {
        this.channel = channel;
        this.log = log;
    }

    /** Whether it was not there before. */
    boolean start(AlarmKind kind) {
        var isNew = standing.add(kind);
        if (isNew) {
            log.add(Events.alarm(channel, kind, true));
        }
        return isNew;
    }

    /** Whether it was there. */
    boolean end(AlarmKind kind) {
        var wasThere = standing.remove(kind);
        if (wasThere) {
            log.add(Events.alarm(channel, kind, false));
        }
        return wasThere;
    }

    void endAll() {
        EnumSet.copyOf(standing).forEach(this::end);
    }

    boolean any() {
        return !standing.isEmpty();
    }

    static boolean stopsDelivery(AlarmKind kind) {
        return kind == AlarmKind.OCCLUSION || kind == AlarmKind.AIR_IN_LINE || kind == AlarmKind.SYSTEM_FAILURE;
    }

    boolean anyStopsDelivery() {
        return standing.stream().anyMatch(Alarms::stopsDelivery);
    }

    Set<String> names() {
        return standing.stream().map(Enum::name).collect(Collectors.toUnmodifiableSet());
    }
}
