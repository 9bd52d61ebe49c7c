package io.venule.store;

import io.venule.audit.FollowerPlaces;
import jakarta.inject.Singleton;

/** {@link FollowerPlaces} in PostgreSQL. */
@Singleton
final class PostgresFollowerPlaces implements FollowerPlaces {
    private final Transactions transactions;

    PostgresFollowerPlaces(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public long next(String follower) {
        return transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement =
                    connection.prepareStatement("SELECT next_index FROM follower_place WHERE follower = ?")) {
                statement.setString(1, follower);
                try (var found = statement.executeQuery()) {
                    return found.next() ? found.getLong(1) : 0L;
                }
            }
        }));
    }

    /** A place never moves back, so that of two processes the one further on decides. */
    @Override
    public void save(String follower, long next) {
        transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.prepareStatement("INSERT INTO follower_place (follower, next_index)"
                    + " VALUES (?, ?) ON CONFLICT (follower) DO UPDATE"
                    + " SET next_index = greatest(follower_place.next_index, excluded.next_index)")) {
                statement.setString(1, follower);
                statement.setLong(2, next);
                return statement.executeUpdate();
            }
        }));
    }
}
