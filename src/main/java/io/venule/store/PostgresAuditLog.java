package io.venule.store;

import io.venule.audit.AuditLog;
import io.venule.audit.Checkpoint;
import io.venule.audit.HashSource;
import io.venule.audit.TreeHead;
import io.venule.store.LogReader.Parameters;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** {@link AuditLog} in PostgreSQL. */
@Singleton
final class PostgresAuditLog implements AuditLog {
    private static final int MAX_OF_ORDER = 10_000;
    private static final int MAX_FOUND = 1_000;

    private final Transactions transactions;
    private final CheckpointKey key;
    private final StoredHashes hashes;

    PostgresAuditLog(Transactions transactions, CheckpointKey key, StoredHashes hashes) {
        this.transactions = transactions;
        this.key = key;
        this.hashes = hashes;
    }

    @Override
    public TreeHead head() {
        return transactions.inOne(() -> transactions.statements(LogReader::head));
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return transactions
                .inOne(() -> transactions.statements(LogReader::newestNote))
                .map(key::verified);
    }

    @Override
    public Optional<Logged> entry(long index) {
        return entries("SELECT index, leaf FROM audit_leaf WHERE index = ?", statement -> statement.setLong(1, index))
                .stream()
                .findFirst();
    }

    @Override
    public List<Logged> ofOrder(String orderId) {
        return orderId.isEmpty()
                ? List.of()
                : entries(
                        "SELECT index, leaf FROM audit_leaf WHERE order_id = ? AND order_id <> '' ORDER BY index LIMIT "
                                + MAX_OF_ORDER,
                        statement -> statement.setString(1, orderId));
    }

    @Override
    public List<Logged> latestAt(String place, long from, long end, int atMost) {
        return entries(
                "SELECT index, leaf FROM audit_leaf WHERE place = ? AND place <> '' AND index >= ? AND index < ?"
                        + " ORDER BY index DESC LIMIT ?",
                statement -> {
                    statement.setString(1, place);
                    statement.setLong(2, from);
                    statement.setLong(3, end);
                    statement.setInt(4, Math.min(atMost, MAX_OF_ORDER));
                });
    }

    @Override
    public List<Logged> latest(int atMost) {
        return entries(
                "SELECT index, leaf FROM audit_leaf ORDER BY index DESC LIMIT ?",
                statement -> statement.setInt(1, Math.min(atMost, MAX_FOUND)));
    }

    @Override
    public List<Logged> find(Search search) {
        var query = LogQuery.of(search, Math.min(search.atMost(), MAX_FOUND));
        return entries(query.sql(), query);
    }

    private List<Logged> entries(String sql, Parameters parameters) {
        return transactions.inOne(
                () -> transactions.statements(connection -> LogReader.entries(connection, sql, parameters)));
    }

    @Override
    public HashSource hashes() {
        return (level, index) -> transactions.inOne(() -> hashes.node(level, index));
    }

    @Override
    public void leaves(long from, long end, LeafSink sink) {
        transactions.inOneLong(() -> transactions.statements(connection -> {
            StoredLeaves.each(connection, from, end, sink);
            return end;
        }));
    }
}
