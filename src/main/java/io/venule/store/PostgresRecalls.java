package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.order.OrderView;
import io.venule.order.Recall;
import io.venule.order.Recalls;
import io.venule.pairing.Lot;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpSerial;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@link Recalls} in PostgreSQL. Of two people that recall the same lot, the first does; an order's bag is kept as {@code id|lot|expiry|serial}. */
@Singleton
final class PostgresRecalls implements Recalls {
    private static final String COLUMNS = "number, gtin, lot, reason, reference, since";
    private static final String STANDING =
            "SELECT " + COLUMNS + " FROM lot_recall WHERE lifted IS NULL ORDER BY number DESC LIMIT ?";
    private static final String UNDER = "SELECT " + COLUMNS
            + " FROM lot_recall WHERE lifted IS NULL AND upper(lot) = upper(?) ORDER BY number DESC";
    private static final String OF =
            "SELECT " + COLUMNS + " FROM lot_recall WHERE lifted IS NULL AND gtin = ? AND upper(lot) = upper(?)";
    private static final String DECLARE = "INSERT INTO lot_recall (gtin, lot, reason, reference, since)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (gtin, upper(lot)) WHERE lifted IS NULL DO NOTHING RETURNING "
            + COLUMNS;
    private static final String LIFT =
            "UPDATE lot_recall SET lifted = now() WHERE number = ? AND lifted IS NULL RETURNING " + COLUMNS;
    private static final String OPEN = "state IN ('APPROVED', 'UNCONFIRMED', 'WAITING', 'RUNNING')";
    private static final String ORDERS =
            "SELECT id FROM infusion_order WHERE op = 'PROGRAM' AND upper(split_part(bag, '|', 2)) = upper(?)"
                    + " AND (? = '' OR split_part(bag, '|', 1) = 'gtin:' || ?)"
                    + " ORDER BY (" + OPEN + ") DESC, approved_at DESC, id LIMIT ?";
    private static final String IN_USE = "SELECT pump, channel, gtin, lot FROM lot_recall JOIN infusion_order"
            + " ON upper(split_part(bag, '|', 2)) = upper(lot) AND (gtin = '' OR split_part(bag, '|', 1) = 'gtin:' || gtin)"
            + " WHERE lifted IS NULL AND op = 'PROGRAM' AND " + OPEN;

    private final Transactions transactions;
    private final AuditAppender log;
    private final OrderRows rows;

    PostgresRecalls(Transactions transactions, AuditAppender log, OrderRows rows) {
        this.transactions = transactions;
        this.log = log;
        this.rows = rows;
    }

    @Override
    public List<Recall> standing(int atMost) {
        return transactions.reading(
                () -> transactions.rows(STANDING, statement -> statement.setInt(1, atMost), PostgresRecalls::recall));
    }

    @Override
    public List<Recall> under(String number) {
        return transactions.reading(
                () -> transactions.rows(UNDER, statement -> statement.setString(1, number), PostgresRecalls::recall));
    }

    private Optional<Recall> standingOf(Lot lot) {
        return first(OF, statement -> {
            statement.setString(1, lot.gtin());
            statement.setString(2, lot.number());
        });
    }

    @Override
    public Declared declare(Lot lot, Recall.Reason reason, String reference, Instant since, AuditEntry entry) {
        return transactions.inOne(() -> {
            var declared = first(DECLARE, statement -> {
                statement.setString(1, lot.gtin());
                statement.setString(2, lot.number());
                statement.setString(3, reason.name());
                statement.setString(4, reference);
                statement.setTimestamp(5, Timestamp.from(since));
            });
            declared.ifPresent(_ -> log.append(List.of(entry)));
            return declared.<Declared>map(Declared.New::new)
                    .orElseGet(() -> new Declared.Stands(standingOf(lot).orElseThrow()));
        });
    }

    @Override
    public boolean lift(long number, Function<Recall, AuditEntry> entry) {
        return transactions.inOne(() -> {
            var lifted = first(LIFT, statement -> statement.setLong(1, number));
            lifted.ifPresent(was -> log.append(List.of(entry.apply(was))));
            return lifted.isPresent();
        });
    }

    @Override
    public List<OrderView> orders(Lot lot, int atMost) {
        return transactions.reading(() -> transactions
                .rows(
                        ORDERS,
                        statement -> {
                            statement.setString(1, lot.number());
                            statement.setString(2, lot.gtin());
                            statement.setString(3, lot.gtin());
                            statement.setInt(4, atMost);
                        },
                        found -> found.getString(1))
                .stream()
                .map(rows::findById)
                .map(OrderRow::view)
                .toList());
    }

    @Override
    public Map<ChannelId, Lot> inUse() {
        return transactions.reading(() -> transactions
                .rows(
                        IN_USE,
                        _ -> {},
                        found -> Map.entry(
                                new ChannelId(new PumpSerial(found.getString("pump")), found.getInt("channel")),
                                new Lot(found.getString("gtin"), found.getString("lot"))))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one)));
    }

    private Optional<Recall> first(String query, Transactions.Terms terms) {
        return transactions.first(query, terms, PostgresRecalls::recall);
    }

    private static Recall recall(ResultSet found) throws SQLException {
        return new Recall(
                found.getLong("number"),
                new Lot(found.getString("gtin"), found.getString("lot")),
                Recall.Reason.valueOf(found.getString("reason")),
                found.getString("reference"),
                found.getTimestamp("since").toInstant());
    }
}
