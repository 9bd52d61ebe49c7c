package io.venule;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.KeyFiles;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is laid into the folder of order keys while the server runs. Source: docs/keys.md. */
class OrderKeyFolderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @TempDir
    private Path keys;

    private SigningKey root = SigningKey.ofSeed(new byte[SigningKey.SEED_SIZE]);

    @BeforeEach
    void make() throws IOException {
        MakeKeys.into(keys, InstantSource.fixed(NOW), new SecureRandom(), new OrderBatch(2, List.of("ICU")));
        root = KeyFiles.signingKey(keys.resolve("root.key"));
    }

    private OrderKeyFolder folder() {
        return new OrderKeyFolder(new Settings(keys), InstantSource.fixed(NOW));
    }

    private record Settings(Path directory) implements VenuleSettings.Keys {
        @Override
        public Optional<Path> orders() {
            return Optional.empty();
        }
    }

    private Path orders() {
        return keys.resolve(OrderKeys.FOLDER);
    }

    private void lay(Revocations list) throws IOException {
        Files.writeString(orders().resolve(OrderKeys.REVOKED), list.signedBy(root));
    }

    @Test
    void new_keys_are_taken_up_while_it_runs() throws IOException {
        var folder = folder();
        MakeKeys.moreOrders(keys, root, NOW, new SecureRandom(), new OrderBatch(1, List.of("MED")));

        folder.refresh();

        assertThat(folder.now().signing("MED", NOW, NOW)).isPresent();
        assertThat(folder.fault()).isEmpty();
    }

    @Test
    void a_revoked_key_signs_nothing_more_and_passes_nothing_on() throws IOException {
        var folder = folder();
        var key = folder.now().signing("ICU", NOW, NOW).orElseThrow().key();
        var list = Revocations.NONE.with(List.of(key.id()), NOW);
        lay(list);

        folder.refresh();

        assertThat(folder.now().signing("ICU", NOW, NOW)).isEmpty();
        assertThat(folder.ring().find(key.id(), KeyRole.ORDER, "ICU", NOW)).isInstanceOf(Keyring.Found.NotFound.class);
        assertThat(folder.signedList()).contains(list.signedBy(root));
        assertThat(folder.revoked()).isEqualTo(list);
        assertThat(folder().now().signing("ICU", NOW, NOW))
                .as("after a restart")
                .isEmpty();
    }

    @Test
    void an_older_list_or_one_that_forgets_changes_nothing_and_is_said() throws IOException {
        var folder = folder();
        var ids = folder.now().all().stream().map(held -> held.key().id()).toList();
        var list = Revocations.NONE.with(ids.subList(0, 1), NOW).with(List.of(), NOW);
        lay(list);
        folder.refresh();

        for (var other : List.of(Revocations.NONE.with(ids, NOW), new Revocations(3, NOW, ids.subList(1, 2)))) {
            lay(other);
            folder.refresh();

            assertThat(folder.revoked()).isEqualTo(list);
            assertThat(folder.fault()).isPresent();
        }
        Files.delete(orders().resolve(OrderKeys.REVOKED));
        folder.refresh();
        assertThat(folder.revoked()).isEqualTo(list);
        assertThat(folder.signedList()).contains(list.signedBy(root));
        assertThat(folder.fault()).isPresent();
        lay(list);
        folder.refresh();
        assertThat(folder.fault()).isEmpty();
    }

    @Test
    void a_key_file_that_cannot_be_read_does_not_keep_a_key_from_being_revoked() throws IOException {
        var folder = folder();
        var key = folder.now().signing("ICU", NOW, NOW).orElseThrow().key();
        Files.writeString(orders().resolve("half.jws"), "half");
        lay(Revocations.NONE.with(List.of(key.id()), NOW));

        folder.refresh();

        assertThat(folder.now().signing("ICU", NOW, NOW)).isEmpty();
        assertThat(folder.now().all()).hasSize(1);
        assertThat(folder.fault().orElseThrow()).contains("half");
    }

    @Test
    void what_is_no_list_of_the_root_changes_nothing_and_is_said() throws IOException {
        var folder = folder();
        Files.writeString(
                orders().resolve(OrderKeys.REVOKED),
                Revocations.NONE.with(List.of(), NOW).signedBy(SigningKey.generate(new SecureRandom())));

        folder.refresh();

        assertThat(folder.fault().orElseThrow()).contains("revoked.jws");
        assertThat(folder.now().signing("ICU", NOW, NOW)).isPresent();
    }
}
