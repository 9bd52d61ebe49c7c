package io.venule.store;

import io.venule.druglibrary.LibraryVersion;
import io.venule.release.LibraryReleases;
import io.venule.release.Release;
import io.venule.release.ReleaseBytes;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@link LibraryReleases} in PostgreSQL. */
@Singleton
final class PostgresLibraryReleases implements LibraryReleases {
    /** Any number that nothing else locks: the letters "libr". */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(x'6c696272'::bigint)";

    private static final String NEWEST =
            "SELECT number, a.sha256, counter, title, signers, at FROM library_activation a"
                    + " JOIN library_release USING (sha256) WHERE number < ? ORDER BY number DESC LIMIT ?";
    private static final String KEPT = "SELECT counter, canonical, signatures FROM library_activation"
            + " JOIN library_release USING (sha256) WHERE sha256 = ? ORDER BY number DESC LIMIT 1";
    private static final String KEEP = "INSERT INTO library_release (sha256, counter, title, canonical)"
            + " VALUES (?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING";
    private static final String ACTIVATE =
            "INSERT INTO library_activation (number, sha256, signatures, signers, at)" + " VALUES (?, ?, ?, ?, ?)";

    private final Transactions transactions;
    private final AuditAppender log;

    PostgresLibraryReleases(Transactions transactions, AuditAppender log) {
        this.transactions = transactions;
        this.log = log;
    }

    @Override
    public void activate(Signed release, Supplier<Since> since) {
        transactions.inOne(() -> {
            transactions.rows(LOCK, _ -> {}, _ -> true);
            var active = since.get();
            var last = last();
            if (active.entries().isEmpty()
                    && last.filter(kept ->
                                    kept.version().equals(release.release().version()))
                            .isPresent()) {
                return false;
            }
            put(release, last, active.at());
            return active.entries().isEmpty() || log.append(active.entries()).size() > 0;
        });
    }

    /** Part of the caller's transaction: makes it the active one in place of the release of this hash; no, and nothing written, where another one was activated last. */
    boolean succeed(Signed release, String before, Instant at) {
        transactions.rows(LOCK, _ -> {}, _ -> true);
        var last = last();
        if (last.filter(kept -> kept.version().sha256().equals(before)).isEmpty()) {
            return false;
        }
        put(release, last, at);
        return true;
    }

    private Optional<Activation> last() {
        return newest(Long.MAX_VALUE, 1).stream().findFirst();
    }

    private void put(Signed release, Optional<Activation> last, Instant at) {
        var number = 1 + last.map(Activation::number).orElse(0L);
        keep(release.release());
        activate(number, release, at);
    }

    private void keep(Release release) {
        transactions.write(KEEP, statement -> {
            statement.setString(1, release.version().sha256());
            statement.setLong(2, release.version().counter());
            statement.setString(3, release.library().title());
            statement.setBytes(4, release.canonicalBytes());
        });
    }

    private void activate(long number, Signed release, Instant at) {
        transactions.write(ACTIVATE, statement -> {
            var connection = statement.getConnection();
            statement.setLong(1, number);
            statement.setString(2, release.release().version().sha256());
            statement.setArray(3, texts(connection, release.signatures()));
            statement.setArray(4, texts(connection, release.signers()));
            statement.setTimestamp(5, Timestamp.from(at));
        });
    }

    private static Array texts(Connection connection, List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    @Override
    public List<Activation> activations(long before, int atMost) {
        return transactions.inOne(() -> newest(before, atMost));
    }

    @Override
    public Optional<ReleaseBytes> bytes(String sha256) {
        return kept(sha256).map(Kept::bytes);
    }

    @Override
    public Optional<Kept> kept(String sha256) {
        return transactions.inOne(() ->
                transactions.first(KEPT, statement -> statement.setString(1, sha256), found -> kept(sha256, found)));
    }

    private static Kept kept(String sha256, ResultSet row) throws SQLException {
        return new Kept(
                new LibraryVersion(row.getLong("counter"), sha256),
                new ReleaseBytes(row.getBytes("canonical")),
                texts(row, "signatures"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Stream.of((Object[]) row.getArray(column).getArray())
                .map(String::valueOf)
                .toList();
    }

    private List<Activation> newest(long before, int atMost) {
        return transactions.rows(
                NEWEST,
                statement -> {
                    statement.setLong(1, before);
                    statement.setInt(2, atMost);
                },
                PostgresLibraryReleases::activation);
    }

    private static Activation activation(ResultSet row) throws SQLException {
        return new Activation(
                row.getLong("number"),
                new LibraryVersion(row.getLong("counter"), row.getString("sha256")),
                row.getString("title"),
                texts(row, "signers"),
                row.getTimestamp("at").toInstant());
    }
}
