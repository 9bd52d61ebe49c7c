package io.venule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.store.Vault.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sealed opens in its place under its key, and nowhere else. */
class VaultTest {
    private static final Place PLACE = new Place("patient", "particulars", "row-1");
    private static final byte[] PLAIN = "Mustermann".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path keys = Path.of("");

    private Vault vaultWith(String data) throws IOException {
        Files.writeString(keys.resolve("data.key"), data);
        return new Vault(keys, new SecureRandom());
    }

    @Test
    void what_was_sealed_opens_and_never_looks_the_same_twice() throws IOException {
        var vault = vaultWith("11".repeat(32));

        var sealed = vault.seal(PLACE, PLAIN);

        assertThat(vault.open(PLACE, sealed)).isEqualTo(PLAIN);
        assertThat(vault.seal(PLACE, PLAIN)).isNotEqualTo(sealed);
        assertThat(sealed).hasSize(1 + 12 + PLAIN.length + 16);
    }

    @Test
    void each_changed_byte_keeps_it_shut() throws IOException {
        var vault = vaultWith("11".repeat(32));
        var sealed = vault.seal(PLACE, PLAIN);

        for (int i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;

            assertThatThrownBy(() -> vault.open(PLACE, changed)).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> vault.open(PLACE, new byte[28])).hasMessageContaining("cut short");
    }

    @Test
    void it_opens_in_no_other_table_column_or_row() throws IOException {
        var vault = vaultWith("11".repeat(32));
        var sealed = vault.seal(PLACE, PLAIN);

        assertThatThrownBy(() -> vault.open(new Place("patients", "particulars", "row-1"), sealed))
                .hasMessageContaining("does not open");
        assertThatThrownBy(() -> vault.open(new Place("patient", "particular", "row-1"), sealed))
                .hasMessageContaining("does not open");
        assertThatThrownBy(() -> vault.open(new Place("patient", "particulars", "row-2"), sealed))
                .hasMessageContaining("does not open");
    }

    @Test
    void after_a_change_of_keys_the_old_one_still_opens_until_it_is_removed() throws IOException {
        var sealed = vaultWith("11".repeat(32)).seal(PLACE, PLAIN);
        Files.writeString(keys.resolve("data.previous.key"), "11".repeat(32));
        assertThat(vaultWith("22".repeat(32)).open(PLACE, sealed)).isEqualTo(PLAIN);

        Files.delete(keys.resolve("data.previous.key"));
        assertThatThrownBy(() -> vaultWith("22".repeat(32)).open(PLACE, sealed))
                .hasMessageContaining("a key that is not here");
    }
}
