package io.venule.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A replica's turn to sign checkpoints: held for some seconds at a time by the database's clock, and named by a number that rises with each new
 * holder. Whoever holds it renews it; whoever stood still too long has lost it, and finds the number gone on when it wants to put something in. T-45.
 */
final class PublisherLease {
    /** A turn lasts so long: a replica that died is followed before orders are refused for want of checkpoints. */
    static final Duration TURN = Duration.ofSeconds(5);

    /** It is renewed after so long. */
    static final Duration RENEWED = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final String holder;
    private final Uptime uptime;
    private OptionalLong fence = OptionalLong.empty();
    private Duration asked = Duration.ZERO;

    PublisherLease(Transactions transactions, String holder, Uptime uptime) {
        this.transactions = transactions;
        this.holder = holder;
        this.uptime = uptime;
    }

    /** The number of our turn; empty while it is another's. */
    synchronized OptionalLong hold() {
        var now = uptime.now();
        if (fence.isEmpty() || now.minus(asked).compareTo(RENEWED) >= 0) {
            fence = transactions.inOne(() -> transactions.statements(this::take));
            asked = now;
        }
        return fence;
    }

    private OptionalLong take(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "UPDATE audit_leader SET holder = ?, fence = CASE WHEN holder = ? THEN fence ELSE fence + 1 END,"
                        + " until = clock_timestamp() + ? * interval '1 millisecond'"
                        + " WHERE holder = ? OR until < clock_timestamp() RETURNING fence")) {
            statement.setString(1, holder);
            statement.setString(2, holder);
            statement.setLong(3, TURN.toMillis());
            statement.setString(4, holder);
            try (var taken = statement.executeQuery()) {
                return taken.next() ? OptionalLong.of(taken.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Whether this is still the number of the turn, as of now and not of when the transaction began. */
    static boolean isCurrent(Connection connection, long number) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT 1 FROM audit_leader WHERE fence = ? AND until > clock_timestamp()")) {
            statement.setLong(1, number);
            try (var found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    /** Gives the turn back, for whoever is next. */
    synchronized void release() {
        if (fence.isPresent()) {
            transactions.inOne(() -> transactions.statements(connection -> {
                try (var statement = connection.prepareStatement(
                        "UPDATE audit_leader SET until = '-infinity' WHERE holder = ? AND fence = ?")) {
                    statement.setString(1, holder);
                    statement.setLong(2, fence.getAsLong());
                    return statement.executeUpdate();
                }
            }));
            fence = OptionalLong.empty();
        }
    }
}
