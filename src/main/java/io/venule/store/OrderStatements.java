package io.venule.store;

import io.venule.order.OrderId;
import io.venule.order.OrderState;
import io.venule.pump.ChannelId;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Finds and moves orders by plain statements, inside the transaction that is open: each tap does these, and what it finds is nearly always nothing. */
@Singleton
final class OrderStatements {
    private final Transactions transactions;

    OrderStatements(Transactions transactions) {
        this.transactions = transactions;
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

    /** Moves an order, and holds its row until the transaction ends, unless it is in another state than {@code from}. */
    boolean move(OrderId order, OrderState from, OrderState to) {
        return transactions.write(
                        "UPDATE infusion_order SET state = ?, state_detail = ?"
                                + " WHERE id = ? AND state = ? AND state_detail = ?",
                        statement -> {
                            statement.setString(1, to.name());
                            statement.setString(2, OrderStates.detail(to));
                            statement.setString(3, order.value());
                            statement.setString(4, from.name());
                            statement.setString(5, OrderStates.detail(from));
                        })
                == 1;
    }

    private Optional<String> first(String query, Transactions.Terms terms) {
        return transactions.first(query, terms, found -> found.getString(1));
    }
}
