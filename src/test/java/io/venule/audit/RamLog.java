package io.venule.audit;

import io.venule.signing.Digest;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A log of nothing but hashes, which can be copied, turned back and rewritten: what a witness must notice. */
public final class RamLog implements AuditLog {
    private final String origin;
    private final SigningKey key;
    private final List<Digest> leaves = new ArrayList<>();

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

    @Override
    public Optional<Logged> entry(long index) {
        return Optional.empty();
    }

    @Override
    public List<Logged> ofOrder(String orderId) {
        return List.of();
    }

    @Override
    public List<Logged> latest(int atMost) {
        return List.of();
    }

    @Override
    public List<Logged> find(Search search) {
        return List.of();
    }

    @Override
    public void leaves(long from, long end, LeafSink sink) {
        throw new UnsupportedOperationException("only hashes are here");
    }
}
