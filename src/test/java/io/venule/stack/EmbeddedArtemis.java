package io.venule.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

/** A real Artemis broker in this process on a free loopback port: one generated user, security on, durable journal, every address bounded. */
public final class EmbeddedArtemis implements AutoCloseable {
    private static final String USER = "venule";
    private static final String ROLE = "venule";
    /**
     * The default of 3.33 ms holds every durable send back for 3.4 ms, an order's whole time budget at the bedside; 0.2 ms sends ten
     * times as many, at the price of more and smaller disk writes.
     */
    private static final Duration JOURNAL_BUFFER_TIMEOUT = Duration.ofNanos(200_000);

    private static final long ADDRESS_BYTES = 32L << 20;
    private static final long ADDRESS_MESSAGES = 10_000;
    private static final long ALL_BYTES = 128L << 20;

    /** The broker's own audit lines: one for each internal look-up. */
    private static final Logger CHATTER = Logger.getLogger("org.apache.activemq.audit");

    private final EmbeddedActiveMQ broker;
    private final URI address;
    private final String password;

    private EmbeddedArtemis(EmbeddedActiveMQ broker, URI address, String password) {
        this.broker = broker;
        this.address = address;
        this.password = password;
    }

    static EmbeddedArtemis start(RunFolder folder, Secrets secrets) throws IOException {
        return start(folder, secrets, Optional.empty());
    }

    /** Over TLS where there is a certificate. */
    static EmbeddedArtemis start(RunFolder folder, Secrets secrets, Optional<ServerTls> tls) throws IOException {
        var password = secrets.of("artemis.venule");
        var address = URI.create("tcp://127.0.0.1:" + FreePort.find());
        CHATTER.setLevel(Level.OFF);
        var broker = new EmbeddedActiveMQ();
        broker.setConfiguration(configuration(folder.data("artemis"), acceptor(address, tls)));
        broker.setSecurityManager(onlyUser(password));
        try {
            broker.start();
        } catch (Exception e) {
            throw new IOException("the broker did not start at " + address, e);
        }
        return new EmbeddedArtemis(broker, address, password);
    }

    private static String acceptor(URI address, Optional<ServerTls> tls) {
        return address + "?protocols=CORE"
                + tls.map(server -> ";sslEnabled=true;keyStorePath=" + server.keyStore() + ";keyStorePassword="
                                + server.password())
                        .orElse("");
    }

    private static Configuration configuration(Path data, String acceptor) {
        try {
            return new ConfigurationImpl()
                    .setName("venule-embedded")
                    .setPersistenceEnabled(true)
                    // Plain Java files: the native library is not on every machine.
                    .setJournalType(JournalType.NIO)
                    .setJournalBufferTimeout_NIO(Math.toIntExact(JOURNAL_BUFFER_TIMEOUT.toNanos()))
                    .setJournalDirectory(data.resolve("journal").toString())
                    .setBindingsDirectory(data.resolve("bindings").toString())
                    .setPagingDirectory(data.resolve("paging").toString())
                    .setLargeMessagesDirectory(data.resolve("large").toString())
                    .setJournalFileSize(1 << 20)
                    .setSecurityEnabled(true)
                    .setSecurityRoles(Map.of("#", Set.of(ownQueues())))
                    .setGlobalMaxSize(ALL_BYTES)
                    .setAddressSettings(Map.of("#", bounded()))
                    .addAcceptorConfiguration("loopback", acceptor);
        } catch (Exception e) {
            throw new IllegalStateException("the broker's configuration is wrong", e);
        }
    }

    private static Role ownQueues() {
        // Send, consume, make and delete queues and addresses, browse; neither manage nor view nor edit the broker.
        return new Role(ROLE, true, true, true, true, true, true, false, true, true, true, false, false);
    }

    /** A full address refuses the sender, who then knows; it never pages to disk, where an order could wait and grow stale. */
    private static AddressSettings bounded() {
        return new AddressSettings()
                .setMaxSizeBytes(ADDRESS_BYTES)
                .setMaxSizeMessages(ADDRESS_MESSAGES)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL)
                .setMaxDeliveryAttempts(3);
    }

    private static ActiveMQJAASSecurityManager onlyUser(String password) {
        var security = new SecurityConfiguration();
        security.addUser(USER, password);
        security.addRole(USER, ROLE);
        return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), security);
    }

    public URI address() {
        return address;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IOException("the broker did not stop", e);
        }
    }
}
