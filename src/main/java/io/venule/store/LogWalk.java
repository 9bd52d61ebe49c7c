package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.audit.Checkpoint;
import io.venule.audit.CheckpointMemory;
import io.venule.audit.Frontier;
import io.venule.audit.Leaf;
import io.venule.audit.TreeHead;
import io.venule.signing.Digest;
import io.venule.signing.JsonMembers.Reading;
import io.venule.store.LogCheck.Found;
import io.venule.store.LogCheck.Progress;
import io.venule.store.VerifiedNotes.Chain;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The state of one round of {@link LogCheck} between two parts: the edge of the tree so far, and which checkpoints were met. */
final class LogWalk {
    /** Whose rows the database itself keeps from being changed or removed. */
    private static final List<String> KEPT =
            List.of("audit_leaf", "audit_node", "audit_checkpoint", "pump_record", "audit_head", "infusion_order");

    private final CheckpointKey key;
    private final CheckpointMemory memory;
    private final VerifiedNotes notes;
    private final Chain verifiedBefore;
    private final Optional<TreeHead> remembered;
    private Frontier edge = Frontier.EMPTY;
    private Chain chain = Chain.NONE;
    private boolean metRemembered;

    LogWalk(CheckpointKey key, CheckpointMemory memory, VerifiedNotes notes) {
        this.key = key;
        this.memory = memory;
        this.notes = notes;
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
        try (var statement = connection.prepareStatement(
                "SELECT index, leaf, hash, kind, actor, order_id, place, patient, drug, person FROM audit_leaf"
                        + " WHERE index >= ? AND index < ? ORDER BY index")) {
            statement.setLong(1, edge.size());
            statement.setLong(2, end);
            try (var leaves = statement.executeQuery()) {
                while (leaves.next()) {
                    var fault = faultOfLeaf(connection, leaves);
                    if (fault.isEmpty()) {
                        fault = faultOfState(checkpoints);
                    }
                    if (!fault.isEmpty()) {
                        return fault;
                    }
                }
            }
        }
        return checkpoints.isEmpty()
                ? ""
                : "entries from " + edge.size() + " on are missing: "
                        + checkpoints.getFirst().size() + " were signed";
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

    private String faultOfLeaf(Connection connection, ResultSet leaf) throws SQLException {
        var index = edge.size();
        if (leaf.getLong(1) != index) {
            return "entry " + index + " is missing";
        }
        var bytes = leaf.getBytes(2);
        var hash = Leaf.hash(bytes);
        if (!Arrays.equals(hash.bytes(), leaf.getBytes(3))) {
            return "entry " + index + " was changed";
        }
        if (!isDrawnFrom(bytes, leaf)) {
            return "entry " + index + " is filed under what it does not say";
        }
        var completed = new ArrayList<Frontier.Node>();
        edge = edge.append(hash, completed::add);
        for (var node : completed) {
            if (node.level() >= AuditAppender.LEAST_STORED_LEVEL
                    && !LogReader.storedNode(connection, node.level(), node.index())
                            .equals(Optional.of(node.hash()))) {
                return "subtree " + node.level() + "/" + node.index()
                        + " was changed: its stored hash, or an entry from " + (node.index() << node.level()) + " to "
                        + index + " together with its own";
            }
        }
        return "";
    }

    private static boolean isDrawnFrom(byte[] bytes, ResultSet leaf) throws SQLException {
        return AuditEntry.parse(bytes) instanceof Reading.Ok<AuditEntry>(var entry)
                && entry.kind().name().equals(leaf.getString(4))
                && entry.actor().equals(leaf.getString(5))
                && entry.order().equals(leaf.getString(6))
                && entry.place().equals(leaf.getString(7))
                && entry.said("patient").equals(leaf.getString(8))
                && entry.said("drug").equals(leaf.getString(9))
                && entry.person().equals(leaf.getString(10));
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
