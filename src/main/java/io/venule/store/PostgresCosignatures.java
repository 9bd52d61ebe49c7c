package io.venule.store;

import io.venule.audit.Checkpoint;
import io.venule.audit.Cosignature;
import io.venule.audit.Cosignatures;
import io.venule.audit.WitnessKey;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link Cosignatures} in PostgreSQL. What is published is verified again: a word that was changed there is left out. */
@Singleton
final class PostgresCosignatures implements Cosignatures {
    /** Words published under a checkpoint at most: a reader takes at least 16, and a note of ours at most 256 KiB. */
    private static final int MOST = 256;

    private final Transactions transactions;
    private final CheckpointKey key;
    private final LogSoundness soundness;

    PostgresCosignatures(Transactions transactions, CheckpointKey key, LogSoundness soundness) {
        this.transactions = transactions;
        this.key = key;
        this.soundness = soundness;
    }

    @Override
    public long seenBy(WitnessKey witness) {
        return transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.prepareStatement(
                    "SELECT coalesce(max(size), 0) FROM audit_cosignature WHERE witness = ?")) {
                statement.setString(1, witness.text());
                try (var found = statement.executeQuery()) {
                    found.next();
                    return found.getLong(1);
                }
            }
        }));
    }

    @Override
    public void keep(Checkpoint checkpoint, Cosignature word) {
        transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.prepareStatement(
                    "INSERT INTO audit_cosignature AS kept (witness, size, line, at) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (witness) DO UPDATE SET size = excluded.size, line = excluded.line,"
                            + " at = excluded.at WHERE kept.size <= excluded.size")) {
                statement.setString(1, word.by().text());
                statement.setLong(2, checkpoint.head().size());
                statement.setString(3, word.line());
                statement.setObject(4, word.at().atOffset(ZoneOffset.UTC));
                return statement.executeUpdate();
            }
        }));
    }

    @Override
    public Optional<Checkpoint> witnessed() {
        return transactions.inOne(() -> transactions.statements(this::witnessed));
    }

    private Optional<Checkpoint> witnessed(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                        "SELECT c.note, s.witness, s.line FROM audit_cosignature s JOIN audit_checkpoint c ON c.size = s.size"
                                + " WHERE s.size = (SELECT size FROM audit_cosignature GROUP BY size"
                                + " ORDER BY count(*) DESC, size DESC LIMIT 1) ORDER BY s.witness LIMIT "
                                + MOST);
                var found = statement.executeQuery()) {
            var words = new ArrayList<Cosignature>();
            Optional<Checkpoint> checkpoint = Optional.empty();
            while (found.next()) {
                var under = key.verified(found.getString(1));
                var line = List.of(found.getString(3));
                WitnessKey.parse(found.getString(2))
                        .flatMap(witness -> Cosignature.find(line, under, witness))
                        .ifPresent(words::add);
                checkpoint = Optional.of(under);
            }
            return checkpoint.map(under -> under.with(words));
        }
    }

    @Override
    public void contradicted(String how) {
        soundness.doubt(how);
    }
}
