package io.venule.store;

import io.venule.audit.HashSource;
import io.venule.signing.Digest;
import jakarta.inject.Singleton;

/** Hashes of complete subtrees as they are stored, large ones ready, small ones from the leaves' hashes. Needs a transaction around it. */
@Singleton
final class StoredHashes implements HashSource {
    private final Transactions transactions;
    private final HashSource small;

    StoredHashes(Transactions transactions) {
        this.transactions = transactions;
        this.small = HashSource.ofLeaves(
                (from, end) -> transactions.statements(connection -> LogReader.hashes(connection, from, end)));
    }

    @Override
    public Digest node(int level, long index) {
        return level < AuditAppender.LEAST_STORED_LEVEL
                ? small.node(level, index)
                : transactions.statements(connection -> LogReader.node(connection, level, index));
    }
}
