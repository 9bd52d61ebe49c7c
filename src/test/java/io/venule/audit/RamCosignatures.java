package io.venule.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Cosignatures for as long as a test lives; with a log that is turned back they can be turned back as well. */
public final class RamCosignatures implements Cosignatures {
    private final Map<String, Kept> last = new ConcurrentHashMap<>();
    private final List<String> contradictions = new ArrayList<>();

    private record Kept(Checkpoint checkpoint, Cosignature word) {}

    public RamCosignatures copy() {
        var copy = new RamCosignatures();
        copy.last.putAll(last);
        return copy;
    }

    public synchronized List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    @Override
    public long seenBy(WitnessKey witness) {
        var kept = last.get(witness.text());
        return kept == null ? 0 : kept.checkpoint().head().size();
    }

    @Override
    public void keep(Checkpoint checkpoint, Cosignature word) {
        last.put(word.by().text(), new Kept(checkpoint, word));
    }

    @Override
    public Optional<Checkpoint> witnessed() {
        return last.values().stream().findFirst().map(kept -> kept.checkpoint().with(List.of(kept.word())));
    }

    @Override
    public synchronized void contradicted(String how) {
        contradictions.add(how);
    }
}
