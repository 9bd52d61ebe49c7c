package io.venule.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL's own driver, each statement and each commit of it a step that can go wrong. The pool makes it, so the steps are found here. */
public final class SteppedSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1L;

    private static final AtomicReference<Steps> STEPS = new AtomicReference<>(new Steps());

    /** Steps of all connections made by this class in this process. */
    static Steps steps() {
        return STEPS.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return of(super.getConnection());
    }

    private static Connection of(Connection real) {
        return proxy(Connection.class, (_, method, arguments) -> switch (method.getName()) {
            case "commit" -> step("commit", real, real, method, arguments);
            case "prepareStatement" ->
                of(PreparedStatement.class, call(real, method, arguments), real, String.valueOf(arguments[0]));
            case "unwrap" -> arguments[0] == PGConnection.class ? copying(real) : call(real, method, arguments);
            case "createStatement" -> of(Statement.class, call(real, method, arguments), real, "");
            default -> call(real, method, arguments);
        });
    }

    private static <S extends Statement> S of(Class<S> type, Object statement, Connection connection, String sql) {
        return proxy(
                type,
                (_, method, arguments) -> method.getName().startsWith("execute")
                        ? step(brief(sql, arguments), connection, statement, method, arguments)
                        : call(statement, method, arguments));
    }

    private static PGConnection copying(Connection real) throws SQLException {
        var connection = real.unwrap(PGConnection.class);
        var copies = new Copies(real.unwrap(BaseConnection.class));
        return proxy(
                PGConnection.class,
                (_, method, arguments) ->
                        method.getName().equals("getCopyAPI") ? copies : call(connection, method, arguments));
    }

    /** The driver's copies, the end of each a step. */
    private static final class Copies extends CopyManager {
        private final Connection connection;

        Copies(BaseConnection connection) throws SQLException {
            super(connection);
            this.connection = connection;
        }

        @Override
        public CopyIn copyIn(String sql) throws SQLException {
            var copy = super.copyIn(sql);
            return proxy(
                    CopyIn.class,
                    (_, method, arguments) -> method.getName().equals("endCopy")
                            ? step(brief(sql, new Object[0]), connection, copy, method, arguments)
                            : call(copy, method, arguments));
        }
    }

    private static String brief(String prepared, Object[] arguments) {
        var sql = prepared.isEmpty() && arguments != null ? String.valueOf(arguments[0]) : prepared;
        return sql.substring(0, Math.min(60, sql.length()));
    }

    private static Object step(String name, Connection connection, Object on, Method method, Object[] arguments)
            throws Exception {
        try {
            return steps().take(name, () -> call(on, method, arguments), _ -> cut(connection));
        } catch (Steps.Broken e) {
            // Class 08 is "connection exception"; 53 would be "no space left". Both end the transaction.
            throw new SQLException(e.getMessage(), "08006", e);
        }
    }

    private static void cut(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object call(Object on, Method method, Object[] arguments) throws Exception {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(SteppedSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
