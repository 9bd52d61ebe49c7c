package io.venule.store;

import io.venule.audit.Checkpoint;
import io.venule.audit.CheckpointMemory;
import io.venule.audit.Frontier;
import io.venule.audit.TreeHead;
import io.venule.signing.Digest;
import io.venule.store.LeafLook.Looked;
import io.venule.store.LogCheck.Found;
import io.venule.store.LogCheck.Progress;
import io.venule.store.LogReader.Place;
import io.venule.store.VerifiedNotes.Chain;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The state of one round of {@link LogCheck} between two parts: the edge of the tree so far, and which checkpoints were met. */
final class LogWalk {
    /** Whose rows the database itself keeps from being changed or removed. */
    private static final List<String> KEPT = List.of(
            "audit_leaf",
            "audit_node",
            "audit_checkpoint",
            "pump_record",
            "audit_head",
            "infusion_order",
            "library_release",
            "library_activation");

    private final CheckpointKey key;
    private final CheckpointMemory memory;
    private final VerifiedNotes notes;
    private final Executor threads;
    private final Chain verifiedBefore;
    private final Optional<TreeHead> remembered;
    private Frontier edge = Frontier.EMPTY;
    private Chain chain = Chain.NONE;
    private boolean metRemembered;

    LogWalk(CheckpointKey key, CheckpointMemory memory, VerifiedNotes notes, Executor threads) {
        this.key = key;
        this.memory = memory;
        this.notes = notes;
        this.threads = threads;
        this.verifiedBefore = notes.last();
        // Read before any leaf: what was signed by now is committed, so the walk must come by it.
        this.remembered = memory.last().map(Checkpoint::head);
    }

    Progress step(Connection connection, int entries) throws SQLException {
        var end = edge.size() + entries;
        var fault = walk(connection, end);
        if (!fault.isEmpty()) {
            return new Progress.Done(new Found.Faulty(fault));
        }
        if (edge.size() == end) {
            return new Progress.Upto(end);
        }
        var atEnd = faultAtEnd(connection);
        if (!atEnd.isEmpty()) {
            return new Progress.Done(new Found.Faulty(atEnd));
        }
        notes.verified(chain);
        return new Progress.Done(new Found.Sound(edge));
    }

    private String walk(Connection connection, long end) throws SQLException {
        var checkpoints = checkpoints(connection, end);
        var nodes = LogReader.completedNodes(connection, edge.size(), end);
        try (var leaves = StoredLeaves.between(connection, edge.size(), end)) {
            var ahead = new LeavesAhead(leaves, edge.size(), threads);
            for (var part = ahead.next(); part.isPresent(); part = ahead.next()) {
                var fault = faultOfPart(part.get(), checkpoints, nodes);
                if (!fault.isEmpty()) {
                    return fault;
                }
            }
        }
        return checkpoints.isEmpty()
                ? ""
                : "entries from " + edge.size() + " on are missing: "
                        + checkpoints.getFirst().size() + " were signed";
    }

    /** Grows the tree from one signed state to the next. */
    private String faultOfPart(Looked looked, Deque<Stored> checkpoints, Map<Place, Digest> nodes) {
        var rest = looked.hashes();
        while (!rest.isEmpty()) {
            var count = (int) Math.min(rest.size(), nextState(checkpoints) - edge.size());
            var fault = faultOfSubtrees(rest.subList(0, count), nodes);
            if (fault.isEmpty()) {
                fault = faultOfState(checkpoints);
            }
            if (!fault.isEmpty()) {
                return fault;
            }
            rest = rest.subList(count, rest.size());
        }
        return looked.fault();
    }

    /** The size at which there is something to compare next. */
    private long nextState(Deque<Stored> checkpoints) {
        var signed =
                checkpoints.isEmpty() ? Long.MAX_VALUE : checkpoints.getFirst().size();
        var kept = remembered
                .map(TreeHead::size)
                .filter(size -> size > edge.size())
                .orElse(Long.MAX_VALUE);
        return Math.min(signed, kept);
    }

    private String faultOfSubtrees(List<Digest> hashes, Map<Place, Digest> nodes) {
        var wrong = new ArrayList<Frontier.Node>(1);
        edge = edge.append(hashes, node -> {
            if (wrong.isEmpty() && node.level() >= AuditAppender.LEAST_STORED_LEVEL && !isStored(node, nodes)) {
                wrong.add(node);
            }
        });
        if (wrong.isEmpty()) {
            return "";
        }
        var node = wrong.getFirst();
        return "subtree " + node.level() + "/" + node.index() + " was changed: its stored hash, or an entry from "
                + (node.index() << node.level()) + " to " + (((node.index() + 1) << node.level()) - 1)
                + " together with its own";
    }

    /** A checkpoint as it is stored. */
    private record Stored(long size, String note) {}

    private Deque<Stored> checkpoints(Connection connection, long end) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT size, note FROM audit_checkpoint WHERE size > ? AND size <= ? ORDER BY size")) {
            statement.setLong(1, edge.size());
            statement.setLong(2, end);
            try (var found = statement.executeQuery()) {
                var checkpoints = new ArrayDeque<Stored>();
                while (found.next()) {
                    checkpoints.add(new Stored(found.getLong(1), found.getString(2)));
                }
                return checkpoints;
            }
        }
    }

    private static boolean isStored(Frontier.Node node, Map<Place, Digest> nodes) {
        var stored = nodes.get(new Place(node.level(), node.index()));
        return stored != null && stored.equals(node.hash());
    }

    private String faultOfState(Deque<Stored> checkpoints) {
        if (remembered.filter(head -> head.size() == edge.size()).isPresent()) {
            metRemembered = true;
            if (!remembered.equals(Optional.of(edge.head()))) {
                return "an entry before " + edge.size() + " is not what was signed, by the checkpoint in "
                        + memory.place();
            }
        }
        if (checkpoints.isEmpty() || checkpoints.getFirst().size() != edge.size()) {
            return "";
        }
        return faultOfNote(checkpoints.removeFirst().note());
    }

    private String faultOfNote(String note) {
        chain = chain.with(note);
        if (chain.count() == verifiedBefore.count() && !chain.equals(verifiedBefore)) {
            return "a checkpoint of at most " + edge.size() + " entries was changed since the last check";
        }
        if (chain.count() > verifiedBefore.count()) {
            return switch (key.verify(note)) {
                case Checkpoint.Verification.Refused(var reason) ->
                    "the checkpoint of " + edge.size() + " entries was changed: " + reason;
                case Checkpoint.Verification.Verified(var checkpoint) -> faultOfHead(checkpoint.head());
            };
        }
        return note.startsWith(Checkpoint.text(key.origin(), edge.head()) + "\n") ? "" : faultOfHead(TreeHead.EMPTY);
    }

    private String faultOfHead(TreeHead signed) {
        return signed.equals(edge.head()) ? "" : "an entry before " + edge.size() + " is not what was signed then";
    }

    private String faultAtEnd(Connection connection) throws SQLException {
        var newest = LogReader.longOf(connection, "SELECT coalesce(max(size), 0) FROM audit_checkpoint");
        if (newest > edge.size()) {
            return "entries from " + edge.size() + " on are missing: " + newest + " were signed";
        }
        if (remembered.isPresent() && !metRemembered) {
            return "entries from " + edge.size() + " on are missing: "
                    + remembered.orElseThrow().size() + " were signed, by the checkpoint in " + memory.place()
                    + "; the database was turned back";
        }
        var now = memory.last().map(checkpoint -> checkpoint.head().size()).orElse(0L);
        if (now < newest) {
            return newest + " entries were signed, but the checkpoint in " + memory.place() + " is of " + now
                    + ": put its file back, or where it is new, copy a checkpoint there that you trust";
        }
        if (chain.count() < verifiedBefore.count()) {
            return "a published checkpoint was removed: there are " + chain.count() + ", there were "
                    + verifiedBefore.count();
        }
        if (!isHead(connection)) {
            return "the head is not that of the " + edge.size() + " entries there are";
        }
        return faultOfRules(connection);
    }

    private boolean isHead(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT size, frontier, root FROM audit_head");
                var head = statement.executeQuery()) {
            return head.next()
                    && head.getLong(1) == edge.size()
                    && Arrays.equals(head.getBytes(2), edge.bytes())
                    && Digest.ofRaw(head.getBytes(3)).equals(edge.head().root());
        }
    }

    private String faultOfRules(Connection connection) throws SQLException {
        var outside = LogReader.longOf(
                connection, "SELECT count(*) FROM audit_leaf WHERE index < 0 OR index >= " + edge.size());
        if (outside > 0) {
            return outside + " entries are outside the log, whose head is " + edge.size();
        }
        var standing = LogReader.longOf(
                connection,
                "SELECT count(DISTINCT c.relname) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
                        + " JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relname IN ('" + String.join("', '", KEPT)
                        + "') AND t.tgname = 'keep_the_past' AND t.tgenabled IN ('O', 'A')"
                        + " AND p.proname = 'refuse_change_of_the_past' AND p.prosrc LIKE '%RAISE EXCEPTION%'");
        return standing == KEPT.size()
                ? ""
                : "the database no longer refuses to change the past: the trigger keep_the_past stands on " + standing
                        + " of " + KEPT.size() + " tables";
    }
}
