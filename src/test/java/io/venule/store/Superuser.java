package io.venule.store;

import java.util.List;

/** Someone with every right on the database, whom no trigger stops. */
final class Superuser {
    private static final List<String> TABLES = List.of("audit_leaf", "audit_node", "audit_checkpoint");

    private Superuser() {}

    static void run(Transactions transactions, String sql) {
        transactions.inOne(() -> transactions.statements(connection -> {
            try (var statement = connection.createStatement()) {
                for (var table : TABLES) {
                    statement.execute("ALTER TABLE " + table + " DISABLE TRIGGER keep_the_past");
                }
                statement.execute(sql);
                for (var table : TABLES) {
                    statement.execute("ALTER TABLE " + table + " ENABLE TRIGGER keep_the_past");
                }
                return TABLES;
            }
        }));
    }
}
