package io.venule.store;

import io.venule.order.FairShare;
import io.venule.order.PumpLease;
import io.venule.order.PumpLeases;
import io.venule.order.ReplicaLife;
import io.venule.pump.PumpSerial;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/**
 * {@link PumpLeases} in PostgreSQL. A life is a row, prolonged each round; whoever finds one run out removes it, and only what has no living
 * holder can be taken, so that a life is over for all at one moment, however late its process notices. Nobody waits for anybody: what
 * another transaction holds at that moment is left for the next round.
 */
@Singleton
final class PostgresPumpLeases implements PumpLeases {
    private static final String HEARTBEAT =
            "UPDATE replica SET expires = now() + ? * interval '1 millisecond' WHERE life = ?";
    private static final String BIRTH =
            "INSERT INTO replica (life, expires) VALUES (?, now() + ? * interval '1 millisecond')";
    private static final String BURIAL = "DELETE FROM replica WHERE life IN"
            + " (SELECT life FROM replica WHERE expires < now() AND life <> ? FOR UPDATE SKIP LOCKED)";
    private static final String NEW_PUMPS = "INSERT INTO pump_lease (pump) SELECT serial FROM enrolled_pump p"
            + " WHERE NOT EXISTS (SELECT 1 FROM pump_lease l WHERE l.pump = p.serial) ON CONFLICT DO NOTHING";
    private static final String GIVE_BACK = "UPDATE pump_lease SET holder = '' WHERE holder = ? AND pump = ANY (?)";
    private static final String TAKE = "UPDATE pump_lease SET holder = ?, fencing ="
            + " greatest(fencing + 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint) WHERE pump IN"
            + " (SELECT pump FROM pump_lease l WHERE NOT EXISTS (SELECT 1 FROM replica r WHERE r.life = l.holder)"
            + " ORDER BY pump LIMIT ? FOR UPDATE SKIP LOCKED)";
    private static final String LIVES = "SELECT life FROM replica WHERE expires >= now()";
    private static final String LEASES = "SELECT l.pump, l.holder, l.fencing FROM pump_lease l"
            + " WHERE EXISTS (SELECT 1 FROM replica r WHERE r.life = l.holder) ORDER BY l.pump";

    private final Transactions transactions;

    PostgresPumpLeases(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Round round(ReplicaLife life, Wishes wishes) {
        return transactions.inOne(() -> transactions.statements(connection -> round(connection, life, wishes)));
    }

    private static Round round(Connection connection, ReplicaLife life, Wishes wishes) throws SQLException {
        if (!lives(connection, life, wishes.time())) {
            return new Round.Over();
        }
        giveBack(connection, life, wishes.givenBack());
        if (wishes.takes()) {
            run(connection, BURIAL, life.toString());
            run(connection, NEW_PUMPS);
            var before = leases(connection);
            take(
                    connection,
                    life,
                    FairShare.of(pumps(connection), own(before, life), others(connection, before, life))
                            .take());
        }
        var leases = leases(connection);
        var others = others(connection, leases, life);
        return new Round.GoesOn(
                leases,
                FairShare.of(pumps(connection), own(leases, life), others).giveBack(),
                others.size());
    }

    private static int own(List<PumpLease> leases, ReplicaLife life) {
        return Math.toIntExact(
                leases.stream().filter(lease -> lease.holder().equals(life)).count());
    }

    /** How many pumps each of the other living servers has. */
    private static Collection<Integer> others(Connection connection, List<PumpLease> leases, ReplicaLife life)
            throws SQLException {
        var held = new HashMap<String, Integer>();
        try (var lives = connection.prepareStatement(LIVES);
                var found = lives.executeQuery()) {
            while (found.next()) {
                held.put(found.getString(1), 0);
            }
        }
        leases.forEach(lease -> held.merge(lease.holder().toString(), 1, Integer::sum));
        held.remove(life.toString());
        return held.values();
    }

    private static int pumps(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT count(*) FROM pump_lease");
                var found = statement.executeQuery()) {
            found.next();
            return found.getInt(1);
        }
    }

    private static void giveBack(Connection connection, ReplicaLife life, Set<PumpSerial> pumps) throws SQLException {
        if (pumps.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(GIVE_BACK)) {
            statement.setString(1, life.toString());
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", pumps.stream().map(PumpSerial::value).toArray()));
            statement.executeUpdate();
        }
    }

    private static void take(Connection connection, ReplicaLife life, int atMost) throws SQLException {
        if (atMost == 0) {
            return;
        }
        try (var statement = connection.prepareStatement(TAKE)) {
            statement.setString(1, life.toString());
            statement.setInt(2, atMost);
            statement.executeUpdate();
        }
    }

    private static List<PumpLease> leases(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(LEASES);
                var found = statement.executeQuery()) {
            var leases = new ArrayList<PumpLease>();
            while (found.next()) {
                leases.add(new PumpLease(
                        new PumpSerial(found.getString(1)), ReplicaLife.of(found.getString(2)), found.getLong(3)));
            }
            return leases;
        }
    }

    private static int run(Connection connection, String sql, String... texts) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < texts.length; i++) {
                statement.setString(i + 1, texts[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** Prolongs the life; one that has no row any more is over. */
    private static boolean lives(Connection connection, ReplicaLife life, Duration time) throws SQLException {
        try (var heartbeat = connection.prepareStatement(HEARTBEAT)) {
            heartbeat.setLong(1, time.toMillis());
            heartbeat.setString(2, life.toString());
            return heartbeat.executeUpdate() == 1;
        }
    }

    @Override
    public void begin(ReplicaLife life, Duration time) {
        transactions.inOne(() -> transactions.statements(connection -> {
            try (var birth = connection.prepareStatement(BIRTH)) {
                birth.setString(1, life.toString());
                birth.setLong(2, time.toMillis());
                return birth.executeUpdate();
            }
        }));
    }

    @Override
    public void end(ReplicaLife life) {
        transactions.inOne(() -> transactions.statements(
                connection -> run(connection, "DELETE FROM replica WHERE life = ?", life.toString())));
    }
}
