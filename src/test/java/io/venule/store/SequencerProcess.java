package io.venule.store;

import io.venule.store.BareLog.Place;
import io.venule.store.LogCheck.Found;
import io.venule.store.Steps.Fault;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * A process of its own that starts like the application (checks the log whole, publishes what was left), appends and publishes, and dies at the
 * step it is told. It says on its standard output what was acknowledged, as soon as it was.
 */
public final class SequencerProcess {
    /** The log does not hold. */
    static final int FAULTY = 3;

    private static final int FEW = 8;
    private static final int MANY = 256;

    private SequencerProcess() {}

    /** Address, user, password, folder of keys, folder of the second store, first number to append, step to die at; 0 to go on until it is killed. */
    public static void main(String[] arguments) throws Exception {
        var place = new Place(arguments[0], arguments[1], arguments[2], Path.of(arguments[3]), Path.of(arguments[4]));
        var first = Long.parseLong(arguments[5]);
        var disk = new SteppedDisk(new LocalDisk(), SteppedSource.steps());
        try (var log = new BareLog(place, disk, InstantSource.system())) {
            if (!(log.check.check() instanceof Found.Sound(var edge))) {
                System.exit(FAULTY);
                return;
            }
            log.publisher.startFrom(edge);
            var dieAt = Integer.parseInt(arguments[6]);
            if (dieAt == 0) {
                forEver(log, first);
            }
            SteppedSource.steps().arm(dieAt, Fault.DEATH);
            published(log);
            appended(log, first, 1);
            appended(log, first + 1, MANY);
            published(log);
            log.soundness.fault().ifPresent(reason -> say("fault " + reason));
            say("steps " + SteppedSource.steps().disarm().size());
        }
        System.exit(0);
    }

    private static void forEver(BareLog log, long first) {
        for (var number = first; ; number += 1 + FEW + MANY) {
            appended(log, number, 1);
            appended(log, number + 1, FEW);
            published(log);
            appended(log, number + 1 + FEW, MANY);
            published(log);
        }
    }

    private static void appended(BareLog log, long number, int count) {
        var index = log.append(number, count);
        say("acknowledged " + index + " " + number);
        say("acknowledged " + (index + count - 1) + " " + (number + count - 1));
    }

    private static void published(BareLog log) {
        if (log.publisher.publish()) {
            say("published " + log.log.checkpoint().orElseThrow().head().size());
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
