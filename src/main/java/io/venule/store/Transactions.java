package io.venule.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.venule.order.RecordUnavailable;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;

/**
 * Each call of a port is one new transaction here: durable when it returns, rolled back when it throws. Rows and plain JDBC inside it
 * share one connection. A database that fails shows as {@link RecordUnavailable}; a violated constraint passes through.
 */
@Singleton
final class Transactions {
    private final AgroalDataSource source;
    private final int seconds;

    Transactions(AgroalDataSource source, StoreSettings settings) {
        this.source = source;
        this.seconds = Math.toIntExact(Math.max(1, settings.transactionLimit().toSeconds()));
    }

    /** Work on the transaction's own connection. */
    interface Statements<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T inOne(Supplier<T> work) {
        return within(seconds, work);
    }

    /** For readers of the whole log, who may take as long as that takes. */
    <T> T inOneLong(Supplier<T> work) {
        return within(Integer.MAX_VALUE / 1000, work);
    }

    private static <T> T within(int seconds, Supplier<T> work) {
        try {
            return QuarkusTransaction.requiringNew().timeout(seconds).call(work::get);
        } catch (ConstraintViolationException e) {
            throw e;
        } catch (QuarkusTransactionException | PersistenceException e) {
            throw new RecordUnavailable(e);
        }
    }

    /** Runs statements inside the transaction that {@link #inOne} began. */
    <T> T statements(Statements<T> work) {
        if (QuarkusTransaction.getStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("statements outside a transaction");
        }
        try (var connection = source.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new RecordUnavailable(e);
        }
    }
}
