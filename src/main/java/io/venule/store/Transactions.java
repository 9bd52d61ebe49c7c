package io.venule.store;

import io.venule.order.RecordUnavailable;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hibernate.exception.ConstraintViolationException;

/**
 * Each call of a port is one new transaction here: durable when it returns, rolled back when it throws. Rows and plain JDBC inside it
 * share one connection. A database that fails shows as {@link RecordUnavailable}; a violated constraint passes through.
 */
@Singleton
final class Transactions {
    private final DataSource source;
    private final TransactionManager manager;
    private final int seconds;

    Transactions(DataSource source, TransactionManager manager, StoreSettings settings) {
        this.source = source;
        this.manager = manager;
        this.seconds = Math.toIntExact(Math.max(1, settings.transactionLimit().toSeconds()));
    }

    /** Work on the transaction's own connection. */
    interface Statements<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Fills in what a statement asks for. */
    interface Terms {
        void on(PreparedStatement statement) throws SQLException;
    }

    /** Makes one row into what it says. */
    interface Row<T> {
        T read(ResultSet found) throws SQLException;
    }

    <T> T inOne(Supplier<T> work) {
        return within(seconds, work);
    }

    /** For questions that change nothing: part of the transaction that is open, or one of their own where none is. */
    <T> T reading(Supplier<T> questions) {
        return isInOne() ? questions.get() : inOne(questions);
    }

    /** For readers of the whole log, who may take as long as that takes. */
    <T> T inOneLong(Supplier<T> work) {
        return within(Integer.MAX_VALUE / 1000, work);
    }

    private <T> T within(int limit, Supplier<T> work) {
        try {
            var outer = manager.suspend();
            try {
                return inNew(limit, work);
            } finally {
                if (outer != null) {
                    manager.resume(outer);
                }
            }
        } catch (ConstraintViolationException e) {
            throw e;
        } catch (PersistenceException | SystemException | NotSupportedException | InvalidTransactionException e) {
            throw new RecordUnavailable(e);
        }
    }

    private <T> T inNew(int limit, Supplier<T> work) throws SystemException, NotSupportedException {
        manager.setTransactionTimeout(limit);
        manager.begin();
        T result;
        try {
            result = work.get();
        } catch (RuntimeException e) {
            giveUp(e);
            throw e;
        } catch (Error e) {
            // The driver says so, too, when a connection dies in the middle of a batch.
            giveUp(e);
            throw new RecordUnavailable(e);
        }
        commit();
        return result;
    }

    /** One that was given up meanwhile, because it took too long, fails here. */
    private void commit() throws SystemException {
        try {
            manager.commit();
        } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException | RuntimeException e) {
            if (manager.getStatus() != Status.STATUS_NO_TRANSACTION) {
                giveUp(e);
            }
            throw new RecordUnavailable(e);
        }
    }

    private void giveUp(Throwable why) {
        try {
            manager.rollback();
        } catch (SystemException | RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    /** Runs statements inside the transaction that {@link #inOne} began. */
    <T> T statements(Statements<T> work) {
        requireOne();
        try (var connection = source.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new RecordUnavailable(e);
        }
    }

    /** What each row of the answer says, in their order; inside the transaction that {@link #inOne} began. */
    <T> List<T> rows(String query, Terms terms, Row<T> row) {
        return statements(connection -> {
            try (var statement = connection.prepareStatement(query)) {
                terms.on(statement);
                try (var found = statement.executeQuery()) {
                    var rows = new ArrayList<T>();
                    while (found.next()) {
                        rows.add(row.read(found));
                    }
                    return List.copyOf(rows);
                }
            }
        });
    }

    /** What the first row of the answer says; of a query that finds one, or none. */
    <T> Optional<T> first(String query, Terms terms, Row<T> row) {
        return rows(query, terms, row).stream().findFirst();
    }

    /** How many rows the statement wrote; inside the transaction that {@link #inOne} began. */
    int write(String sql, Terms terms) {
        return statements(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                terms.on(statement);
                return statement.executeUpdate();
            }
        });
    }

    private void requireOne() {
        if (!isInOne()) {
            throw new IllegalStateException("statements outside a transaction");
        }
    }

    private boolean isInOne() {
        try {
            return manager.getStatus() == Status.STATUS_ACTIVE;
        } catch (SystemException e) {
            throw new RecordUnavailable(e);
        }
    }
}
