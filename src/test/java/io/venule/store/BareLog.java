package io.venule.store;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.order.RecordUnavailable;
import io.venule.signing.Digest;
import io.venule.signing.KeyFiles;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import org.flywaydb.core.Flyway;

/**
 * The audit log's own classes with the pool and the transactions of production, but no application around them: so that a test has several in one
 * process, or one in a process that is to die.
 */
final class BareLog implements AutoCloseable {
    final Transactions transactions;
    final LogSoundness soundness;
    final CheckpointKey key;
    final FileCheckpointMemory memory;
    final GroupedAppends appends;
    final StoredHashes hashes;
    final PostgresAuditLog log;
    final PostgresCosignatures cosignatures;
    final LogCheck check;
    final CheckpointPublisher publisher;

    private final AgroalDataSource source;
    private final StoreSettings settings;

    /** Where the log is and what it is signed with. */
    record Place(String url, String user, String password, Path keys, Path memory) {
        void migrate() {
            Flyway.configure().dataSource(url, user, password).load().migrate();
        }
    }

    private record Limits(Duration transactionLimit, Duration checkpointEvery, Duration recheckEvery)
            implements StoreSettings {}

    BareLog(Place place, Disk disk, InstantSource clock) throws SQLException {
        this("alone", place, disk, clock);
    }

    /** One of several replicas, by name. */
    BareLog(String replica, Place place, Disk disk, InstantSource clock) throws SQLException {
        var settings = new Limits(Duration.ofSeconds(60), Duration.ofMillis(250), Duration.ofSeconds(60));
        var manager = transactionManager();
        this.source = pool(place);
        this.transactions = new Transactions(source, manager, settings);
        this.settings = settings;
        this.soundness = new LogSoundness(clock, new MachineUptime());
        this.key = keyIn(place.keys());
        this.memory = new FileCheckpointMemory(place.memory(), key, disk);
        this.appends = new GroupedAppends(transactions, new AuditAppender(transactions, soundness));
        this.hashes = new StoredHashes(transactions);
        this.log = new PostgresAuditLog(transactions, key, hashes);
        this.cosignatures = new PostgresCosignatures(transactions, key, soundness);
        var lease = new PublisherLease(transactions, replica, new MachineUptime());
        this.check = new LogCheck(transactions, key, memory);
        this.publisher = new CheckpointPublisher(transactions, key, memory, lease, soundness, hashes, clock);
    }

    /** The checkpoint key in this folder, for the log whose name stands beside it. */
    static CheckpointKey keyIn(Path keys) {
        return new CheckpointKey(
                keys, KeyFiles.noteKey(keys.resolve("log.vkey")).name());
    }

    LogRounds rounds(InstantSource clock, Uptime uptime) {
        return new LogRounds(check, soundness, settings, clock, uptime);
    }

    private static jakarta.transaction.TransactionManager transactionManager() {
        try {
            arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("test");
        } catch (CoreEnvironmentBeanException e) {
            throw new IllegalStateException(e);
        }
        for (var name : new String[] {"default", "communicationStore", "stateStore"}) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, name.equals("default") ? null : name)
                    .setObjectStoreDir("target/transactions");
        }
        return com.arjuna.ats.jta.TransactionManager.transactionManager();
    }

    private static AgroalDataSource pool(Place place) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(8)
                        .acquisitionTimeout(Duration.ofSeconds(30))
                        .transactionIntegration(new NarayanaTransactionIntegration(
                                com.arjuna.ats.jta.TransactionManager.transactionManager(),
                                new TransactionSynchronizationRegistryImple()))
                        .connectionFactoryConfiguration(driver -> driver.connectionProviderClass(SteppedSource.class)
                                .jdbcUrl(place.url())
                                .jdbcProperty("reWriteBatchedInserts", "true")
                                .principal(new NamePrincipal(place.user()))
                                .credential(new SimplePassword(place.password())))));
    }

    /** Appends entries that say these numbers, in one change; gives the index of the first. Durable when it returns. */
    long append(long firstNumber, int count) {
        var entries = LongStream.range(firstNumber, firstNumber + count)
                .mapToObj(BareLog::entry)
                .toList();
        return appends.commit(new GroupedAppends.Change<Long>() {
            @Override
            public List<LeafRow> before() {
                return LeafRow.of(entries);
            }

            @Override
            public Long after(long firstIndex) {
                return firstIndex;
            }
        });
    }

    /** Whether the entry at this index says this number. */
    boolean holds(long index, long number) {
        return log.entry(index).map(logged -> logged.entry()).equals(java.util.Optional.of(entry(number)));
    }

    static AuditEntry entry(long number) {
        return AuditEntry.bySystem(AuditKind.LOG_CHECK, WardFixture.NOON)
                .with("entries", number)
                .with("root", Digest.NONE)
                .with("result", "sound");
    }

    /** What may come of a failure of the world: nothing else is caught. */
    static boolean worldFailed(RuntimeException e) {
        return e instanceof RecordUnavailable || e instanceof UncheckedIOException;
    }

    @Override
    public void close() {
        source.close();
    }
}
