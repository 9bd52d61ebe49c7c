package io.venule.store;

import io.venule.audit.AuditLog.Search;
import io.venule.store.LogReader.Parameters;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A search as a statement with its parameters. What is looked for never becomes part of the statement's text, so that it stays data (T-12);
 * the fragments are constants of this class.
 */
final class LogQuery implements Parameters {
    private final StringBuilder conditions = new StringBuilder("index < ? AND at >= ? AND at < ?");
    private final List<Object> values = new ArrayList<>();

    private LogQuery(Search search) {
        values.add(search.before());
        values.add(search.from().atOffset(ZoneOffset.UTC));
        values.add(search.until().atOffset(ZoneOffset.UTC));
    }

    static LogQuery of(Search search, int atMost) {
        var query = new LogQuery(search);
        var about = search.about();
        if (!about.order().isEmpty()) {
            query.and("order_id = ? AND order_id <> ''", about.order());
        }
        if (!about.place().isEmpty()) {
            query.and("(place = ? OR place LIKE ?) AND place <> ''", about.place(), literally(about.place()) + "/%");
        }
        if (!about.kind().isEmpty()) {
            query.and("kind = ?", about.kind());
        }
        if (!about.patient().isEmpty()) {
            query.andOfOrder("patient = ? AND patient <> ''", about.patient());
        }
        if (!about.drug().isEmpty()) {
            query.andOfOrder("lower(drug) LIKE ? AND drug <> ''", beginning(about.drug()));
        }
        if (!about.person().isEmpty()) {
            query.andOfOrder(
                    "(actor = ? OR (lower(person) LIKE ? AND person <> ''))",
                    about.person(),
                    beginning(about.person()));
        }
        query.values.add(atMost);
        return query;
    }

    String sql() {
        return "SELECT index, leaf FROM audit_leaf WHERE " + conditions + " ORDER BY index DESC LIMIT ?";
    }

    @Override
    public void on(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    private void and(String condition, Object... parameters) {
        conditions.append(" AND ").append(condition);
        values.addAll(List.of(parameters));
    }

    /** The entry itself, or another of its order, fulfils the condition. */
    private void andOfOrder(String condition, Object... parameters) {
        and(
                "(" + condition + " OR (order_id <> '' AND order_id IN (SELECT order_id FROM audit_leaf WHERE "
                        + condition + " AND order_id <> '')))",
                parameters);
        values.addAll(List.of(parameters));
    }

    private static String beginning(String text) {
        return literally(text.toLowerCase(Locale.ROOT)) + "%";
    }

    private static String literally(String text) {
        return text.replaceAll("([\\\\%_])", "\\\\$1");
    }
}
