package io.venule.simulator;

import io.venule.signing.CanonicalJson;
import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Json.JsonObject;
import io.venule.signing.Json.JsonText;
import io.venule.signing.Json.JsonWhole;
import io.venule.signing.Jws;
import io.venule.signing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * A pump's own log: numbered from 1 in each epoch, each record signed and holding the hash of the one before. Keeps the newest
 * 20,000 records over all epochs; a record is in the memory before anybody hears of it.
 */
final class RecordLog {
    static final int KEPT = 20_000;
    static final String TYP = "pump-record+jws";
    private static final String LIST = "records";
    private static final int MAX_PER_READ = 1_000;

    private final String serial;
    private final String epoch;
    private final SigningKey key;
    private final PumpClock clock;
    private final PumpMemory memory;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private Consumer<Entry> listener = entry -> {};
    private long sequence;
    private String last = Digest.NONE.hex();
    private long written;

    /** One record and where it stands. */
    record Entry(String epoch, long sequence, long wallClock, String hash, String signed) {}

    /** The newest record of the running epoch. */
    record Head(String epoch, long sequence, String hash) {}

    RecordLog(String serial, String epoch, SigningKey key, PumpClock clock, PumpMemory memory) {
        this.serial = serial;
        this.epoch = epoch;
        this.key = key;
        this.clock = clock;
        this.memory = memory;
        memory.lines(LIST).forEach(line -> keep(entryOf(line)));
        written = entries.size();
    }

    /** Whoever is to be told of each record from now on, and nobody else: a pump that presents another certificate has another server. */
    void onRecord(Consumer<Entry> told) {
        listener = told;
    }

    void add(JsonObject event) {
        var wall = clock.wall();
        var signed = Jws.sign(
                TYP,
                Json.object()
                        .put("epoch", epoch)
                        .put("event", event)
                        .put("prev", last)
                        .put("pump", serial)
                        .put("seq", sequence + 1)
                        .put("uptime", clock.uptime())
                        .put("ver", 1)
                        .put("wallClock", wall)
                        .build(),
                key);
        sequence++;
        last = Digest.ofText(signed).hex();
        var entry = new Entry(epoch, sequence, wall, last, signed);
        keep(entry);
        remember(signed);
        listener.accept(entry);
    }

    Head head() {
        return new Head(epoch, sequence, last);
    }

    /** Epochs of which records are kept, oldest first; the running one is the last. */
    List<String> epochs() {
        var result = new LinkedHashSet<String>();
        entries.forEach(entry -> result.add(entry.epoch()));
        result.remove(epoch);
        result.add(epoch);
        return List.copyOf(result);
    }

    /** At most {@code max} records of an epoch from a number on, in order; none where the epoch is not known. */
    List<byte[]> read(String wanted, long from, int max) {
        return entries.stream()
                .filter(entry -> entry.epoch().equals(wanted) && entry.sequence() >= from)
                .limit(Math.clamp(max, 0, MAX_PER_READ))
                .map(entry -> entry.signed().getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    private void keep(Entry entry) {
        entries.addLast(entry);
        if (entries.size() > KEPT) {
            entries.removeFirst();
        }
    }

    private void remember(String signed) {
        memory.append(LIST, signed);
        written++;
        if (written > 2L * KEPT) {
            memory.replace(LIST, entries.stream().map(Entry::signed).toList());
            written = entries.size();
        }
    }

    /** Reads back a record of our own; a memory that holds anything else is broken. */
    private static Entry entryOf(String signed) {
        var payload = Base64.getUrlDecoder().decode(signed.split("\\.", -1)[1]);
        if (CanonicalJson.parse(payload) instanceof CanonicalJson.Parsed.Ok(JsonObject(var members))
                && members.get("epoch") instanceof JsonText(var epoch)
                && members.get("seq") instanceof JsonWhole(var sequence)
                && members.get("wallClock") instanceof JsonWhole(var wall)) {
            return new Entry(epoch, sequence, wall, Digest.ofText(signed).hex(), signed);
        }
        throw new IllegalStateException("the pump's memory is broken");
    }
}
