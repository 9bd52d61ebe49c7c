package io.venule.order;

import io.venule.pump.PumpRecord;
import io.venule.pump.PumpSerial;
import io.venule.pump.RecordHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records of one pump in memory, under the rule of the real store: kept only behind the expected head, all or nothing. */
final class RecordsInMemory implements PumpRecords {
    private final List<PumpRecord> kept = new ArrayList<>();
    private Runnable meanwhile = () -> {};

    List<PumpRecord> kept() {
        return List.copyOf(kept);
    }

    /** Lets something happen once between reading the head and keeping. */
    void beforeKeeping(Runnable once) {
        meanwhile = once;
    }

    @Override
    public Optional<RecordHead> head(PumpSerial pump) {
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new RecordHead(kept.getLast().position(), kept.getLast().hash()));
    }

    @Override
    public boolean knows(PumpSerial pump, String epoch) {
        return kept.stream().anyMatch(record -> record.position().epoch().equals(epoch));
    }

    @Override
    public boolean keep(PumpSerial pump, Optional<RecordHead> expected, List<Logged> records) {
        var once = meanwhile;
        meanwhile = () -> {};
        once.run();
        if (!head(pump).equals(expected)) {
            return false;
        }
        records.forEach(logged -> kept.add(logged.record()));
        return true;
    }
}
