package io.venule.stack;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Pumps that are enrolled and not there: {@code BB-00001} and so on, with asset tags {@code BIG00001}, like the first of the inventory but at an address where nobody takes calls. */
public final class AbsentPumps {
    private AbsentPumps() {}

    /** Enters so many of them beside what the inventory holds, which must be one pump at least. */
    public static void enrol(DataSource source, int pumps) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            var entered = statement.executeUpdate(
                    "INSERT INTO enrolled_pump (serial, asset_id, model, channels, endpoint, certificate, record_key, simulated, ward)"
                            + " SELECT 'BB-' || to_char(n, 'FM00000'), 'BIG' || to_char(n, 'FM00000'), model, 1,"
                            + " 'opc.tcp://127.0.0.1:9/', certificate, record_key, simulated, ward"
                            + " FROM generate_series(1, " + pumps + ") n,"
                            + " (SELECT * FROM enrolled_pump ORDER BY serial LIMIT 1) AS like_it");
            if (entered != pumps) {
                throw new IllegalStateException("the inventory holds no pump that others could be like");
            }
        }
    }
}
