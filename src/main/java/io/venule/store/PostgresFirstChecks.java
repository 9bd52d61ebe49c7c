package io.venule.store;

import io.venule.audit.AuditEntry;
import io.venule.order.FirstCheck;
import io.venule.order.FirstChecks;
import io.venule.pump.ChannelId;
import io.venule.pump.PumpSerial;
import io.venule.staff.Role;
import io.venule.staff.SignIn;
import io.venule.staff.StaffMember;
import io.venule.staff.SubjectId;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@link FirstChecks} in PostgreSQL. Of two that use the same, the row goes to one. */
@Singleton
final class PostgresFirstChecks implements FirstChecks {
    private static final String KEEP =
            "INSERT INTO first_check (displayed, pump, channel, subject, name, acr, auth_time, at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (displayed) DO UPDATE SET"
                    + " subject = excluded.subject, name = excluded.name, acr = excluded.acr,"
                    + " auth_time = excluded.auth_time, at = excluded.at, used = false";
    private static final String FIND =
            "SELECT pump, channel, subject, name, acr, auth_time, at FROM first_check WHERE displayed = ? AND NOT used";
    private static final String USE =
            "UPDATE first_check SET used = true WHERE displayed = ? AND subject = ? AND at = ? AND NOT used";

    private final Transactions transactions;
    private final AuditAppender log;

    PostgresFirstChecks(Transactions transactions, AuditAppender log) {
        this.transactions = transactions;
        this.log = log;
    }

    @Override
    public void keep(FirstCheck check, AuditEntry entry) {
        transactions.inOne(() -> {
            transactions.statements(connection -> {
                try (var statement = connection.prepareStatement(KEEP)) {
                    var signIn = check.person().signIn();
                    statement.setString(1, check.displayed());
                    statement.setString(2, check.channel().pump().value());
                    statement.setInt(3, check.channel().channel());
                    statement.setString(4, check.person().id().value());
                    statement.setString(5, check.person().name());
                    statement.setString(6, signIn.contextClass());
                    statement.setTimestamp(7, Timestamp.from(signIn.authenticatedAt()));
                    statement.setTimestamp(8, Timestamp.from(check.at()));
                    return statement.executeUpdate();
                }
            });
            return log.append(List.of(entry));
        });
    }

    @Override
    public Optional<FirstCheck> of(String displayed) {
        return transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.prepareStatement(FIND)) {
                statement.setString(1, displayed);
                try (var found = statement.executeQuery()) {
                    return found.next() ? Optional.of(check(displayed, found)) : Optional.empty();
                }
            }
        }));
    }

    @Override
    public boolean use(FirstCheck check) {
        return transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.prepareStatement(USE)) {
                statement.setString(1, check.displayed());
                statement.setString(2, check.person().id().value());
                statement.setTimestamp(3, Timestamp.from(check.at()));
                return statement.executeUpdate() == 1;
            }
        }));
    }

    private static FirstCheck check(String displayed, ResultSet found) throws SQLException {
        var person = new StaffMember(
                new SubjectId(found.getString("subject")),
                found.getString("name"),
                Set.of(Role.NURSE),
                new SignIn(found.getTimestamp("auth_time").toInstant(), found.getString("acr")));
        var channel = new ChannelId(new PumpSerial(found.getString("pump")), found.getInt("channel"));
        return new FirstCheck(
                displayed, channel, person, found.getTimestamp("at").toInstant());
    }
}
