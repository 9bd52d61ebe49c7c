package io.venule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.audit.AuditEntry;
import io.venule.audit.AuditKind;
import io.venule.audit.AuditLog;
import io.venule.audit.RamLog;
import io.venule.order.RecordUnavailable;
import io.venule.signing.Json;
import io.venule.signing.KeyFiles;
import io.venule.signing.KeyId;
import io.venule.signing.MakeKeys;
import io.venule.signing.OrderBatch;
import io.venule.signing.OrderKeys;
import io.venule.signing.Revocations;
import io.venule.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys are revoked stands in the audit log, all of them and once, and no older list comes back. Source: docs/keys.md. */
class RevocationRecordTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    private Path keys;

    private SigningKey root = SigningKey.ofSeed(new byte[SigningKey.SEED_SIZE]);
    private final RamLog log = RamLog.empty("venule.example/log");
    /** So many entries are appended before the record is gone. */
    private int room = Integer.MAX_VALUE;

    @BeforeEach
    void make() throws IOException {
        MakeKeys.into(keys, InstantSource.fixed(NOW), new SecureRandom(), new OrderBatch(1, List.of("ICU")));
        root = KeyFiles.signingKey(keys.resolve("root.key"));
    }

    private record Settings(Path directory) implements VenuleSettings.Keys {
        @Override
        public Optional<Path> orders() {
            return Optional.empty();
        }
    }

    private void append(AuditEntry entry) {
        if (room == 0) {
            throw new RecordUnavailable(new IllegalStateException("the record is gone"));
        }
        room--;
        log.append(entry);
    }

    private OrderKeyFolder folder() {
        return new OrderKeyFolder(new Settings(keys), InstantSource.fixed(NOW));
    }

    private RevocationRecord record(OrderKeyFolder folder) {
        return new RevocationRecord(this::append, log, folder, InstantSource.fixed(NOW));
    }

    private void lay(Revocations list) throws IOException {
        Files.writeString(keys.resolve(OrderKeys.FOLDER).resolve(OrderKeys.REVOKED), list.signedBy(root));
    }

    private static List<KeyId> ids(int count) {
        var random = new SecureRandom();
        return IntStream.range(0, count)
                .mapToObj(_ -> SigningKey.generate(random).id())
                .toList();
    }

    private List<AuditEntry> recorded() {
        return log.latest(Integer.MAX_VALUE).reversed().stream()
                .map(AuditLog.Logged::entry)
                .filter(entry -> entry.kind() == AuditKind.KEY_REVOKED)
                .toList();
    }

    private List<String> keysRecorded() {
        return recorded().stream().flatMap(entry -> keysOf(entry).stream()).toList();
    }

    private static List<String> keysOf(AuditEntry entry) {
        return entry.details().members().get("keys") instanceof Json.JsonList(var items)
                ? items.stream()
                        .map(item -> item instanceof Json.JsonText(var text) ? text : "")
                        .toList()
                : List.of();
    }

    private static String[] hex(Revocations list) {
        return list.keys().stream().map(KeyId::hex).toArray(String[]::new);
    }

    @Test
    void a_list_laid_while_it_runs_is_recorded_once() throws IOException {
        var folder = folder();
        var record = record(folder);
        record.atStart();
        assertThat(recorded()).as("no list yet").isEmpty();
        var list = Revocations.NONE.with(ids(2), NOW);
        lay(list);
        folder.refresh();

        record.follow();
        record.follow();

        assertThat(recorded()).hasSize(1);
        assertThat(recorded().getFirst().details().members()).containsEntry("counter", Json.whole(1));
        assertThat(keysRecorded()).containsExactly(hex(list));
        record(folder()).atStart();
        assertThat(recorded()).as("after a restart").hasSize(1);
    }

    @Test
    void a_list_that_revokes_nothing_is_recorded_too() throws IOException {
        lay(Revocations.NONE.with(List.of(), NOW));

        record(folder()).atStart();
        record(folder()).atStart();

        assertThat(recorded()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 65, 128, 129, 512})
    void a_long_list_is_recorded_whole(int count) throws IOException {
        var list = Revocations.NONE.with(ids(count), NOW);
        lay(list);

        record(folder()).atStart();

        assertThat(recorded()).hasSize((count + 63) / 64);
        assertThat(keysRecorded()).containsExactly(hex(list));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void what_could_not_be_recorded_is_recorded_later_and_nothing_twice(int before) throws IOException {
        var list = Revocations.NONE.with(ids(130), NOW);
        lay(list);
        var record = record(folder());
        room = before;
        record.atStart();
        record.follow();
        assertThat(recorded()).hasSize(before);
        room = Integer.MAX_VALUE;

        record.follow();

        assertThat(keysRecorded()).containsExactly(hex(list));
    }

    @Test
    void what_could_not_be_recorded_before_the_end_of_a_process_is_recorded_by_the_next() throws IOException {
        var list = Revocations.NONE.with(ids(130), NOW);
        lay(list);
        room = 1;
        record(folder()).atStart();
        room = Integer.MAX_VALUE;

        record(folder()).atStart();

        assertThat(keysRecorded()).containsExactly(hex(list));
    }

    @Test
    void an_older_list_than_the_log_knows_of_ends_the_start() throws IOException {
        var first = Revocations.NONE.with(ids(1), NOW);
        lay(first);
        record(folder()).atStart();
        var second = first.with(ids(1), NOW);
        lay(second);
        record(folder()).atStart();
        assertThat(keysOf(recorded().getLast()))
                .as("also those that the first named")
                .containsExactly(hex(second));

        assertThatCode(() -> record(folder()).atStart()).as("the same list").doesNotThrowAnyException();
        lay(first);
        assertThatThrownBy(() -> record(folder()).atStart())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "revocation list 2 was in force, and the key folder holds list 1; lay the newest one there");
        Files.delete(keys.resolve(OrderKeys.FOLDER).resolve(OrderKeys.REVOKED));
        assertThatThrownBy(() -> record(folder()).atStart())
                .hasMessage("revocation list 2 was in force, and the key folder holds none; lay the newest one there");
        lay(second.with(ids(1), NOW));
        record(folder()).atStart();
        assertThat(recorded()).hasSize(3);
    }
}
