package io.venule.store;

import io.venule.pump.ChannelId;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** Finds orders by plain statements, inside the transaction that is open: each tap asks these, and nearly always the answer is none. */
@Singleton
final class OrderLookups {
    private final Transactions transactions;

    OrderLookups(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Fills in what a statement asks for. */
    private interface Terms {
        void on(PreparedStatement statement) throws SQLException;
    }

    Optional<String> bySubmission(String submission) {
        return first(
                "SELECT id FROM infusion_order WHERE submission = ?", statement -> statement.setString(1, submission));
    }

    /** The open program of a channel. */
    Optional<String> openOn(ChannelId channel) {
        return first(
                "SELECT id FROM infusion_order WHERE pump = ? AND channel = ? AND target = ''"
                        + " AND state IN ('APPROVED', 'UNCONFIRMED', 'WAITING', 'RUNNING')",
                statement -> {
                    statement.setString(1, channel.pump().value());
                    statement.setInt(2, channel.channel());
                });
    }

    /** The order that the bag of this identity is, or was, used for; none for a bag that cannot be told from its like. */
    Optional<String> usingBag(String identity) {
        return first(
                "SELECT id FROM infusion_order WHERE bag = ? AND bag_has_serial"
                        + " AND state NOT IN ('REJECTED', 'EXPIRED', 'DROPPED') LIMIT 1",
                statement -> statement.setString(1, identity));
    }

    private Optional<String> first(String query, Terms terms) {
        return transactions.statements(connection -> {
            try (var statement = connection.prepareStatement(query)) {
                terms.on(statement);
                try (var found = statement.executeQuery()) {
                    return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
                }
            }
        });
    }
}
