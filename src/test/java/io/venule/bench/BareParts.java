package io.venule.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.opcua.BareClients;
import io.venule.simulator.BareFleet;
import io.venule.simulator.FleetCa;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of an order's way with nothing of ours in them: one Milo call, two PostgreSQL commits, one request and reply over the broker. */
final class BareParts implements AutoCloseable {
    private static final long REPLY_MILLIS = 5_000;
    private static final String QUEUE = "bench.echo";

    private final byte[] order;
    private final FleetCa ca = FleetCa.create("Bench CA", Instant.now(), new SecureRandom());
    private final BareFleet fleet;
    private final BareClients clients;
    private final BareClients.Client client;
    private final Connection database;
    private final PreparedStatement insert;
    private final JMSContext asker;
    private final JMSContext answerer;
    private final Queue echo;
    private final Queue replyTo;
    private final JMSConsumer replies;

    /** @param settings those of the application, for the way to its database */
    BareParts(int orderSize, int receiptSize, Map<String, String> settings, ConnectionFactory broker) throws Exception {
        this.order = new byte[orderSize];
        this.fleet = new BareFleet(1, receiptSize, ca);
        this.clients = new BareClients(folder(), ca);
        this.client = clients.connect(fleet.servers().getFirst());
        this.database = connect(settings);
        this.insert = prepare(database);
        this.asker = broker.createContext(JMSContext.AUTO_ACKNOWLEDGE);
        this.answerer = broker.createContext(JMSContext.AUTO_ACKNOWLEDGE);
        this.echo = asker.createQueue(QUEUE);
        this.replyTo = asker.createTemporaryQueue();
        this.replies = asker.createConsumer(replyTo);
        answer();
    }

    private static Path folder() throws Exception {
        return Files.createTempDirectory("venule-bench");
    }

    static Connection connect(Map<String, String> settings) throws SQLException {
        return DriverManager.getConnection(
                setting(settings, "jdbc.url"), setting(settings, "username"), setting(settings, "password"));
    }

    private static String setting(Map<String, String> settings, String name) {
        @Nullable String value = settings.get("quarkus.datasource." + name);
        if (value == null) {
            throw new IllegalArgumentException("no setting " + name);
        }
        return value;
    }

    private static PreparedStatement prepare(Connection database) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS bench_raw (index bigserial PRIMARY KEY, body bytea NOT NULL)");
        }
        database.setAutoCommit(false);
        return database.prepareStatement("INSERT INTO bench_raw (body) VALUES (?)");
    }

    private void answer() {
        answerer.createConsumer(answerer.createQueue(QUEUE)).setMessageListener(message -> {
            try {
                answerer.createProducer()
                        .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                        .send(message.getJMSReplyTo(), message.getBody(byte[].class));
            } catch (jakarta.jms.JMSException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    void call() throws Exception {
        assertThat(client.call(order)).isPositive();
    }

    void twoCommits() throws SQLException {
        for (int i = 0; i < 2; i++) {
            insert.setBytes(1, order);
            insert.executeUpdate();
            database.commit();
        }
    }

    void requestAndReply() throws Exception {
        var message = asker.createBytesMessage();
        message.writeBytes(order);
        message.setJMSReplyTo(replyTo);
        asker.createProducer().setDeliveryMode(DeliveryMode.NON_PERSISTENT).send(echo, message);
        assertThat(replies.receive(REPLY_MILLIS)).isNotNull();
    }

    @Override
    public void close() throws SQLException {
        asker.close();
        answerer.close();
        database.close();
        client.close();
        clients.close();
        fleet.close();
    }
}
