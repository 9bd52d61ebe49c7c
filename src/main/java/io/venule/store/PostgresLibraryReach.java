package io.venule.store;

import io.venule.order.LibraryReach;
import io.venule.pump.Challenge.PumpLibrary;
import io.venule.pump.PumpSerial;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@link LibraryReach} in PostgreSQL. */
@Singleton
final class PostgresLibraryReach implements LibraryReach {
    private static final String INVENTORY = " FROM enrolled_pump LEFT JOIN pump_self_report ON pump = serial";
    private static final String COUNT = "SELECT count(*), count(*) FILTER (WHERE library_sha256 = ?)" + INVENTORY;
    private static final String BEHIND = "SELECT serial, asset_id, library_counter, library_sha256, since" + INVENTORY
            + " WHERE library_sha256 IS DISTINCT FROM ? ORDER BY serial LIMIT ?";

    private final Transactions transactions;

    PostgresLibraryReach(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Reached of(String librarySha256, int mostNamed) {
        return transactions.inOne(
                () -> transactions.statements(connection -> reached(connection, librarySha256, mostNamed)));
    }

    private static Reached reached(Connection connection, String sha256, int most) throws SQLException {
        try (var statement = connection.prepareStatement(COUNT)) {
            statement.setString(1, sha256);
            try (var found = statement.executeQuery()) {
                found.next();
                return new Reached(found.getInt(1), found.getInt(2), behind(connection, sha256, most));
            }
        }
    }

    private static List<Behind> behind(Connection connection, String sha256, int most) throws SQLException {
        try (var statement = connection.prepareStatement(BEHIND)) {
            statement.setString(1, sha256);
            statement.setInt(2, most);
            try (var found = statement.executeQuery()) {
                var behind = new ArrayList<Behind>();
                while (found.next()) {
                    behind.add(new Behind(new PumpSerial(found.getString(1)), found.getString(2), held(found)));
                }
                return behind;
            }
        }
    }

    private static Optional<Held> held(ResultSet found) throws SQLException {
        var library = new PumpLibrary(found.getLong(3), Objects.requireNonNullElse(found.getString(4), ""));
        return Optional.ofNullable(found.getTimestamp(5)).map(since -> new Held(library, since.toInstant()));
    }
}
