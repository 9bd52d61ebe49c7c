package io.venule.opcua;

import io.venule.order.PumpRecords;
import io.venule.pump.PumpRecord;
import io.venule.pump.PumpSerial;
import io.venule.pump.RecordHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The record of pumps without a database. */
final class RamRecords implements PumpRecords {
    private final Map<PumpSerial, List<PumpRecord>> kept = new ConcurrentHashMap<>();

    @Override
    public synchronized Optional<RecordHead> head(PumpSerial pump) {
        var records = of(pump);
        return records.isEmpty()
                ? Optional.empty()
                : Optional.of(new RecordHead(
                        records.getLast().position(), records.getLast().hash()));
    }

    @Override
    public synchronized boolean knows(PumpSerial pump, String epoch) {
        return of(pump).stream().anyMatch(record -> record.position().epoch().equals(epoch));
    }

    @Override
    public synchronized boolean keep(PumpSerial pump, Optional<RecordHead> expected, List<Logged> records) {
        if (!head(pump).equals(expected)) {
            return false;
        }
        kept.computeIfAbsent(pump, key -> new ArrayList<>())
                .addAll(records.stream().map(Logged::record).toList());
        return true;
    }

    synchronized List<PumpRecord> of(PumpSerial pump) {
        return List.copyOf(kept.getOrDefault(pump, List.of()));
    }
}
