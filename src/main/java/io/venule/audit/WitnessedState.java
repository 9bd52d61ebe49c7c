package io.venule.audit;

import io.venule.signing.NoteKey;
import java.util.List;

/** What witnesses say of a log that was found to be as signed: the file {@code witnessed}, which must be one of its states. */
record WitnessedState(Checkpoint checkpoint, List<Cosignature> words, List<String> names) {
    static final String FILE = "witnessed";

    /** What looking found. */
    sealed interface Found {
        /** No witness has said anything, or nothing of it came along. */
        record Nothing() implements Found {}

        record State(WitnessedState state) implements Found {}

        /** It is not a state of this log. */
        record Wrong(String what) implements Found {}
    }

    /** Looks at it, in a log whose tiles up to {@code size} were verified. */
    static Found of(LogFiles files, NoteKey key, long size, List<WitnessKey> trusted) {
        return files.read(FILE)
                .map(note -> switch (Checkpoint.verify(note, key)) {
                    case Checkpoint.Verification.Refused(var reason) -> (Found) new Found.Wrong(reason);
                    case Checkpoint.Verification.Verified(var checkpoint) -> state(files, checkpoint, size, trusted);
                })
                .orElseGet(Found.Nothing::new);
    }

    private static Found state(LogFiles files, Checkpoint checkpoint, long size, List<WitnessKey> trusted) {
        var head = checkpoint.head();
        if (head.size() > size) {
            return new Found.Wrong("witnesses saw " + head.size() + " entries, and there are " + size);
        }
        var root = head.size() == 0
                ? TreeHead.EMPTY.root()
                : HashSource.range(new TileHashes(files, size), 0, head.size());
        if (!root.matches(head.root())) {
            return new Found.Wrong("witnesses saw another log of " + head.size() + " entries");
        }
        return new Found.State(
                new WitnessedState(checkpoint, Cosignature.under(checkpoint, trusted), names(checkpoint)));
    }

    /** Who else than the log has a line under it, known or not. */
    private static List<String> names(Checkpoint checkpoint) {
        var note = checkpoint.note();
        return note.substring(note.lastIndexOf("\n\n") + 2)
                .lines()
                .map(line -> line.split(" ", -1))
                .filter(words -> words.length == 3)
                .map(words -> words[1])
                .filter(name -> !name.equals(checkpoint.origin()))
                .distinct()
                .toList();
    }
}
