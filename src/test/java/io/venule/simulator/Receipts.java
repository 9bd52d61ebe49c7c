package io.venule.simulator;

import java.util.LinkedHashMap;
import java.util.Optional;

/** The answers a pump gave, so that the same order gets its first answer again on its channel; the newest 2,000 are kept. */
final class Receipts {
    private static final int KEPT = 2_000;
    private static final String LIST = "receipts";

    private final PumpMemory memory;
    private final LinkedHashMap<Place, Given> byOrder = new LinkedHashMap<>();
    private long written;

    /** An order's id where it came: what was sent to another channel says nothing of its own. */
    private record Place(int channel, String orderId) {}

    /** What was answered to which text on which channel. */
    record Given(int channel, String orderId, String orderHash, String receipt) {
        private String line() {
            return channel + " " + orderId + " " + orderHash + " " + receipt;
        }

        private static Given of(String line) {
            var parts = line.split(" ", -1);
            return new Given(Integer.parseInt(parts[0]), parts[1], parts[2], parts[3]);
        }
    }

    Receipts(PumpMemory memory) {
        this.memory = memory;
        memory.lines(LIST).stream().map(Given::of).forEach(this::keep);
        written = byOrder.size();
    }

    /** The first answer to an order of this id on this channel. */
    Optional<Given> of(int channel, String orderId) {
        return Optional.ofNullable(byOrder.get(new Place(channel, orderId)));
    }

    /** The first answer to this very text on this channel, which stands whatever became of the key since. */
    Optional<String> toText(int channel, String hash) {
        return byOrder.values().stream()
                .filter(given -> given.channel() == channel && given.orderHash().equals(hash))
                .map(Given::receipt)
                .findFirst();
    }

    void add(Given given) {
        keep(given);
        memory.append(LIST, given.line());
        written++;
        if (written > 2L * KEPT) {
            memory.replace(LIST, byOrder.values().stream().map(Given::line).toList());
            written = byOrder.size();
        }
    }

    private void keep(Given given) {
        byOrder.putIfAbsent(new Place(given.channel(), given.orderId()), given);
        if (byOrder.size() > KEPT) {
            byOrder.pollFirstEntry();
        }
    }
}
