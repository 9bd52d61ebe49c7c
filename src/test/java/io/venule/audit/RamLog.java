package io.venule.audit;

import io.venule.signing.Digest;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** A log in memory, which can be copied, turned back and rewritten: what a witness must notice. Its leaves are hashes of texts, or entries. */
public final class RamLog implements AuditLog {
    private final String origin;
    private final SigningKey key;
    private final List<Digest> leaves = new ArrayList<>();
    private final NavigableMap<Long, AuditEntry> entries = new ConcurrentSkipListMap<>();

    private RamLog(String origin, SigningKey key) {
        this.origin = origin;
        this.key = key;
    }

    public static RamLog empty(String origin) {
        return new RamLog(origin, SigningKey.generate(new SecureRandom()));
    }

    /** The same log, under the same key, as it was when it had this many entries. */
    public synchronized RamLog backup(int size) {
        var copy = new RamLog(origin, key);
        copy.leaves.addAll(leaves.subList(0, size));
        return copy;
    }

    public synchronized void grow(int to, String what) {
        while (leaves.size() < to) {
            leaves.add(Digest.ofText(what + leaves.size()));
        }
    }

    /** Appends an entry; gives its index. */
    public synchronized long append(AuditEntry entry) {
        leaves.add(entry.leafHash());
        entries.put(leaves.size() - 1L, entry);
        return leaves.size() - 1L;
    }

    public SigningKey key() {
        return key;
    }

    public NoteKey noteKey() {
        return new NoteKey(origin, key.verifyingKey());
    }

    @Override
    public synchronized TreeHead head() {
        return leaves.isEmpty()
                ? TreeHead.EMPTY
                : new TreeHead(leaves.size(), HashSource.range(hashes(), 0, leaves.size()));
    }

    @Override
    public synchronized Optional<Checkpoint> checkpoint() {
        return leaves.isEmpty() ? Optional.empty() : Optional.of(Checkpoint.sign(origin, head(), key));
    }

    @Override
    public synchronized HashSource hashes() {
        return HashSource.ofLeaves((from, end) -> List.copyOf(leaves.subList((int) from, (int) end)));
    }

    private Stream<Logged> all() {
        return entries.entrySet().stream().map(entry -> new Logged(entry.getKey(), entry.getValue()));
    }

    private Stream<Logged> newest() {
        return entries.descendingMap().entrySet().stream().map(entry -> new Logged(entry.getKey(), entry.getValue()));
    }

    @Override
    public Optional<Logged> entry(long index) {
        return Optional.ofNullable(entries.get(index)).map(entry -> new Logged(index, entry));
    }

    @Override
    public List<Logged> ofOrder(String orderId) {
        return all().filter(logged -> logged.entry().order().equals(orderId)).toList();
    }

    @Override
    public List<Logged> latestAt(String place, long from, long end, int atMost) {
        return newest().filter(logged ->
                        logged.entry().place().equals(place) && logged.index() >= from && logged.index() < end)
                .limit(atMost)
                .toList();
    }

    @Override
    public List<Logged> latest(int atMost) {
        return newest().limit(atMost).toList();
    }

    /** By kind only. */
    @Override
    public List<Logged> find(Search search) {
        return newest().filter(logged ->
                        logged.entry().kind().name().equals(search.about().kind()) && logged.index() < search.before())
                .limit(search.atMost())
                .toList();
    }

    @Override
    public void leaves(long from, long end, LeafSink sink) {
        throw new UnsupportedOperationException("only hashes are here");
    }
}
