package io.venule.audit;

import io.venule.audit.Lane.Trouble;
import io.venule.signing.Digest;
import io.venule.signing.JsonMembers.Reading;
import io.venule.signing.NoteKey;
import io.venule.signing.VerifyingKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a whole log offline: the checkpoint's signature, each entry's hash, each tile, the root, each entry's form, and what
 * pumps and this server signed inside them.
 * The log says everything twice (entries, and the tiles of their hashes), so that what does not agree can be told from what
 * does: the side that still gives the signed root is right. Reads each file once, in order; keeps no more than the tree's edge.
 * Source: C2SP tlog-tiles; RFC 6962; docs/audit-format.md.
 */
public final class LogVerifier {
    private final LogFiles files;
    private final TreeHead head;
    private final Lane entryLane;
    private final Lane tileLane;
    private final Trouble<Long> mismatch = new Trouble<>();
    private final Trouble<Long> form = new Trouble<>();
    private final Trouble<Long> pumpTexts = new Trouble<>();
    private final Trouble<Long> rootTexts = new Trouble<>();
    private final PumpWord pumpWord = new PumpWord();
    private final RootWord rootWord;

    private LogVerifier(LogFiles files, TreeHead head, RootWord rootWord) {
        this.files = files;
        this.head = head;
        this.rootWord = rootWord;
        this.entryLane = new Lane(files);
        this.tileLane = new Lane(files);
    }

    /**
     * The keys that whoever judges has from elsewhere.
     *
     * @param log the log's own
     * @param root the one that certifies keys of orders and releases; without it, what those signed is not judged
     */
    public record Trusted(NoteKey log, Optional<VerifyingKey> root) {}

    /**
     * What is signed inside the entries of a log.
     *
     * @param pumpTexts texts of pumps that hold
     * @param orders orders that hold
     * @param releases releases of the drug library that two people signed
     * @param unjudgedByRoot texts of the last two kinds, not judged for want of the root's key
     * @param unjudged other texts, whose key does not stand in the log
     */
    public record Texts(long pumpTexts, long orders, long releases, long unjudgedByRoot, long unjudged) {}

    /** What the check found; anything but {@link Intact} means that the log is not what was signed. */
    public sealed interface Verdict {
        /** Every entry is there, unchanged, and in its place, and so are the texts inside them that could be judged. */
        record Intact(Checkpoint checkpoint, Texts texts) implements Verdict {}

        /** The checkpoint is missing or nobody's word; nothing else was looked at. */
        record BadCheckpoint(String what) implements Verdict {}

        /** The first entry that is not what was signed. */
        record BadEntry(long index, String what) implements Verdict {}

        /** The entries are as signed, but this file of hashes is not theirs. */
        record BadTile(String file, String what) implements Verdict {}

        /** Entries and hashes were changed together; somewhere from {@code from} on and before {@code end}. */
        record BadRange(long from, long end, String what) implements Verdict {}
    }

    /** Is told how many entries of how many were looked at. */
    @FunctionalInterface
    public interface Progress {
        void looked(long entries, long size);
    }

    /** Checks the log; tells {@code progress} how many entries were looked at, every 256. */
    public static Verdict verify(LogFiles files, Trusted keys, Progress progress) {
        var note = files.read(TilePath.CHECKPOINT);
        if (note.isEmpty()) {
            return new Verdict.BadCheckpoint("there is no checkpoint");
        }
        return switch (Checkpoint.verify(note.get(), keys.log())) {
            case Checkpoint.Verification.Refused(var reason) -> new Verdict.BadCheckpoint(reason);
            case Checkpoint.Verification.Verified(var checkpoint) -> {
                var verifier = new LogVerifier(files, checkpoint.head(), new RootWord(keys.root()));
                verifier.readAll(progress);
                yield verifier.verdict(checkpoint);
            }
        };
    }

    private void readAll(Progress progress) {
        for (long from = 0; from < head.size(); from += TilePath.WIDTH) {
            int width = (int) Math.min(TilePath.WIDTH, head.size() - from);
            var bundle = readBundle(from, width);
            var hashes = tileLane.readTile(from, width);
            var looked = bundle.parallelStream().map(Looked::at).toList();
            compare(from, looked, hashes);
            entryLane.addAll(looked.stream().map(entry -> entry.hash().bytes()).toList());
            tileLane.addAll(hashes);
            progress.looked(from + width, head.size());
        }
        entryLane.finish();
        tileLane.finish();
    }

    private List<byte[]> readBundle(long from, int width) {
        var file = TilePath.entries(from / TilePath.WIDTH, width);
        var content = files.read(file);
        if (content.isEmpty()) {
            entryLane.lost(from, "missing with its bundle " + file);
            return List.of();
        }
        var bundle = EntryBundle.read(content.get(), width);
        if (bundle.entries().size() < width) {
            entryLane.lost(from + bundle.entries().size(), "cannot be cut out of bundle " + file);
        } else if (bundle.leftOver() > 0) {
            entryLane.lost(from + width - 1, "followed by " + bundle.leftOver() + " stray bytes in bundle " + file);
        }
        return bundle.entries();
    }

    /** An entry's bytes, hashed and read, once. */
    private record Looked(Digest hash, Reading<AuditEntry> reading) {
        static Looked at(byte[] entry) {
            return new Looked(Digest.ofRaw(TreeHashing.leaf(entry)), AuditEntry.parse(entry));
        }
    }

    private void compare(long from, List<Looked> bundle, List<byte[]> hashes) {
        var entries = new ArrayList<Optional<AuditEntry>>();
        for (int i = 0; i < bundle.size(); i++) {
            var hash = bundle.get(i).hash();
            if (i < hashes.size() && !hash.matches(Digest.ofRaw(hashes.get(i)))) {
                mismatch.first(
                        from + i, "its bytes hash to " + hash + ", the tile holds " + Digest.ofRaw(hashes.get(i)));
            }
            switch (bundle.get(i).reading()) {
                case Reading.Ok<AuditEntry>(var entry) -> {
                    long index = from + i;
                    DetailSchema.fault(entry)
                            .ifPresent(fault -> form.first(index, "does not follow the entry's schema: " + fault));
                    entries.add(Optional.of(entry));
                }
                case Reading.Refused<AuditEntry> refused -> {
                    form.first(from + i, "does not follow the entry's schema: " + refused.text());
                    entries.add(Optional.empty());
                }
            }
        }
        pumpWord.look(from, entries).ifPresent(fault -> pumpTexts.first(fault.index(), fault.what()));
        rootWord.look(from, entries).ifPresent(fault -> rootTexts.first(fault.index(), fault.what()));
    }

    private Verdict verdict(Checkpoint checkpoint) {
        if (tileLane.gives(head)) {
            return byTiles(checkpoint);
        }
        if (entryLane.gives(head)) {
            return byEntries();
        }
        return byNeither();
    }

    /** The leaf hashes are as signed, so an entry that differs from them was changed. */
    private Verdict byTiles(Checkpoint checkpoint) {
        var entry = Trouble.earlier(mismatch, entryLane.lost());
        if (entry.isThere()) {
            return new Verdict.BadEntry(entry.where(), entry.what());
        }
        if (tileLane.above().isThere()) {
            return new Verdict.BadTile(
                    tileLane.above().where(), tileLane.above().what());
        }
        var inside = Trouble.earlier(form, Trouble.earlier(pumpTexts, rootTexts));
        return inside.isThere()
                ? new Verdict.BadEntry(inside.where(), inside.what())
                : new Verdict.Intact(
                        checkpoint,
                        new Texts(
                                pumpWord.verified(),
                                rootWord.orders(),
                                rootWord.releases(),
                                rootWord.unjudged(),
                                pumpWord.unjudged()));
    }

    /** The entries are as signed, so a tile that differs from them was changed. */
    private Verdict byEntries() {
        if (mismatch.isThere()) {
            long tile = mismatch.where() / TilePath.WIDTH;
            int width = (int) Math.min(TilePath.WIDTH, head.size() - tile * TilePath.WIDTH);
            return new Verdict.BadTile(
                    TilePath.tile(0, tile, width),
                    "hash of entry " + mismatch.where() + " was changed; the entries are as signed");
        }
        var lost = tileLane.lost();
        return new Verdict.BadTile(
                lost.isThere() ? TilePath.tile(0, lost.where() / TilePath.WIDTH, width(lost)) : "tile", lost.what());
    }

    private int width(Trouble<Long> at) {
        return (int) Math.min(TilePath.WIDTH, head.size() - at.where());
    }

    /** Both were changed. Where they disagree is the first sign; where they agree, the level above may still tell. */
    private Verdict byNeither() {
        var entry = Trouble.earlier(mismatch, Trouble.earlier(entryLane.lost(), tileLane.lost()));
        if (entry.isThere()) {
            return new Verdict.BadEntry(entry.where(), entry.what() + "; neither gives the signed root");
        }
        var above = entryLane.firstLeavesAbove();
        if (above.isThere()) {
            return new Verdict.BadRange(
                    above.where(),
                    Math.min(head.size(), above.where() + TilePath.WIDTH),
                    "entries and their hashes were changed together: " + above.what());
        }
        return new Verdict.BadRange(0, head.size(), "the whole tree is another one than was signed");
    }
}
