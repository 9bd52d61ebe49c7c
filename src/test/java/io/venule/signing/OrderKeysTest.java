package io.venule.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.signing.OrderKeys.Held;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day's key for each ward, made ahead under the offline root. Source: docs/keys.md; threat T-41. */
class OrderKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private SigningKey root = SigningKey.ofSeed(new byte[SigningKey.SEED_SIZE]);

    @BeforeEach
    void make() throws IOException {
        var three = new OrderBatch(3, List.of("ICU", "MED"));
        MakeKeys.into(folder, InstantSource.fixed(NOW), new SecureRandom(), three);
        root = KeyFiles.signingKey(folder.resolve("root.key"));
    }

    @Test
    void each_ward_and_day_has_a_key_of_its_own_that_lives_a_day() {
        var all = keys().all();

        assertThat(all).hasSize(6);
        assertThat(all.stream().map(held -> held.key().id()).distinct()).hasSize(6);
        assertThat(all).allSatisfy(held -> {
            var certificate = held.certificate();
            assertThat(Duration.between(certificate.notBefore(), certificate.notAfter()))
                    .isEqualTo(Duration.ofHours(24).plusMinutes(10));
            assertThat(certificate.scope()).isIn("ICU", "MED");
        });
    }

    @Test
    void at_each_minute_of_the_days_a_ward_has_a_key_with_room_on_both_sides_and_never_the_other_ward_s() {
        var keys = keys();

        assertThat(IntStream.range(0, 3 * 24 * 60)).allSatisfy(minute -> {
            var at = NOW.plus(MINUTE.multipliedBy(minute));
            var found = keys.signing("ICU", at, at.plus(MINUTE)).orElseThrow().certificate();
            assertThat(found.scope()).isEqualTo("ICU");
            assertThat(found.isValidAt(at.minus(MINUTE.multipliedBy(2)))).isTrue();
            assertThat(found.isValidAt(at.plus(MINUTE.multipliedBy(3)))).isTrue();
        });
    }

    @Test
    void there_is_no_key_for_another_ward_nor_after_the_last_nor_for_what_outlives_it() {
        var end = NOW.plus(Duration.ofDays(3).plusMinutes(5));
        var keys = keys();

        assertThat(keys.signing("ED", NOW, NOW)).isEmpty();
        assertThat(keys.signing("*", NOW, NOW)).isEmpty();
        assertThat(keys.signing("ICU", end.minus(MINUTE), end)).isPresent();
        assertThat(keys.signing("ICU", end.minus(MINUTE), end.plusMillis(1))).isEmpty();
        assertThat(keys.signing("ICU", end.plusMillis(1), end.plusMillis(1))).isEmpty();
        assertThat(keys.signing("ICU", NOW.minus(Duration.ofMinutes(5)), NOW)).isPresent();
        assertThat(keys.signing("ICU", NOW.minus(Duration.ofMinutes(5)).minusMillis(1), NOW))
                .isEmpty();
    }

    @Test
    void the_ward_s_own_key_goes_before_one_of_all_wards() throws IOException {
        MakeKeys.moreOrders(folder, root, NOW, new SecureRandom(), new OrderBatch(3, List.of("*")));
        var keys = keys();

        assertThat(keys.signing("ICU", NOW, NOW).map(OrderKeysTest::scope)).contains("ICU");
        assertThat(keys.signing("ED", NOW, NOW).map(OrderKeysTest::scope)).contains("*");
    }

    @Test
    void a_pump_is_given_what_is_in_force_and_what_begins_within_two_days_of_its_own_ward_only() {
        var keys = keys();

        assertThat(ringOf(keys.certificates("ICU", NOW)).certificates())
                .hasSize(3)
                .allMatch(certificate -> certificate.scope().equals("ICU"));
        assertThat(keys.certificates("ICU", NOW.minus(Duration.ofMinutes(6)))).hasSize(2);
        assertThat(keys.certificates("ICU", NOW.plus(Duration.ofHours(24).plusMinutes(5))))
                .hasSize(3);
        assertThat(keys.certificates("ICU", NOW.plus(Duration.ofHours(24).plusMinutes(6))))
                .hasSize(2);
        assertThat(keys.certificates("ED", NOW)).isEmpty();
    }

    @Test
    void how_long_they_last_counts_to_the_first_gap() throws IOException {
        var end = NOW.plus(Duration.ofDays(3).plusMinutes(5));
        MakeKeys.moreOrders(
                folder, root, end.plus(MINUTE.multipliedBy(6)), new SecureRandom(), new OrderBatch(1, List.of("MED")));

        assertThat(keys().lastUntil("ICU", NOW)).isEqualTo(end);
        assertThat(keys().lastUntil("MED", NOW)).isEqualTo(end);
        assertThat(keys().lastUntil("MED", end.plus(MINUTE)))
                .isEqualTo(end.plus(MINUTE.multipliedBy(6))
                        .plus(Duration.ofHours(24).plusMinutes(5)));
        assertThat(keys().lastUntil("ED", NOW)).isEqualTo(NOW);
        assertThat(keys().lastUntil("ICU", end)).isEqualTo(end);
    }

    @Test
    void more_keys_begin_where_the_last_ones_end_and_overwrite_none() throws IOException {
        MakeKeys.moreOrders(folder, root, NOW, new SecureRandom(), new OrderBatch(2, List.of("ICU", "ED")));

        var keys = keys();
        assertThat(keys.lastUntil("ICU", NOW))
                .isEqualTo(NOW.plus(Duration.ofDays(5).plusMinutes(5)));
        assertThat(keys.lastUntil("ED", NOW))
                .isEqualTo(NOW.plus(Duration.ofDays(2).plusMinutes(5)));
        assertThat(keys.all()).hasSize(10);
        var again = new OrderBatch(1, List.of("ICU"));
        Files.delete(folder.resolve("orders/ICU-20261121T0800Z.jws"));
        Files.delete(folder.resolve("orders/ICU-20261122T0800Z.jws"));
        Files.delete(folder.resolve("orders/ICU-20261123T0800Z.jws"));
        Files.delete(folder.resolve("orders/ICU-20261124T0800Z.jws"));
        Files.delete(folder.resolve("orders/ICU-20261125T0800Z.jws"));
        assertThatThrownBy(() -> MakeKeys.moreOrders(folder, root, NOW, new SecureRandom(), again))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void a_certificate_of_another_root_or_another_key_is_refused_by_the_file_s_name() throws IOException {
        var icu = folder.resolve("orders/ICU-20261121T0800Z.jws");
        var original = Files.readString(icu);

        Files.writeString(icu, Files.readString(folder.resolve("orders/MED-20261121T0800Z.jws")));
        assertThatThrownBy(this::keys).hasMessageContaining("ICU-20261121T0800Z.jws");
        Files.writeString(icu, Files.readString(folder.resolve("library-1.jws")));
        assertThatThrownBy(this::keys).hasMessageContaining("ICU-20261121T0800Z.jws");
        Files.writeString(icu, original.replace("A", "B"));
        assertThatThrownBy(this::keys).hasMessageContaining("ICU-20261121T0800Z.jws");
        Files.writeString(icu, original);
        var stranger = SigningKey.generate(new SecureRandom());
        assertThatThrownBy(() -> OrderKeys.in(folder.resolve("orders"), stranger.verifyingKey()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nobody_makes_or_reads_an_order_key_that_lives_longer_than_25_hours() {
        var key = SigningKey.generate(new SecureRandom()).verifyingKey();
        var most = NOW.plus(Duration.ofHours(25));

        assertThat(new KeyCertificate(key, KeyRole.ORDER, "ICU", NOW, most).isValidAt(most))
                .isTrue();
        assertThatThrownBy(() -> new KeyCertificate(key, KeyRole.ORDER, "ICU", NOW, most.plusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(KeyCertificate.check(text(key, most), root.verifyingKey()))
                .isInstanceOf(KeyCertificate.Checked.Certified.class);
        assertThat(KeyCertificate.check(text(key, most.plusMillis(1)), root.verifyingKey()))
                .isInstanceOf(KeyCertificate.Checked.Refused.class);
    }

    @Test
    void a_batch_is_bounded_and_names_wards() {
        assertThat(new OrderBatch(92, List.of("ICU")).days()).isEqualTo(92);
        assertThatThrownBy(() -> new OrderBatch(93, List.of("ICU"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrderBatch(0, List.of("ICU"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrderBatch(1, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrderBatch(1, List.of("ICU", "ICU"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OrderBatch(1, List.of("../ICU"))).isInstanceOf(IllegalArgumentException.class);
    }

    private String text(VerifyingKey key, Instant notAfter) {
        return Jws.sign(
                KeyCertificate.TYP,
                Json.object()
                        .put("key", key.base64url())
                        .put("kid", key.id())
                        .put("notAfter", notAfter.toEpochMilli())
                        .put("notBefore", NOW.toEpochMilli())
                        .put("role", "ORDER")
                        .put("scope", "ICU")
                        .put("ver", 1)
                        .build(),
                root);
    }

    private static String scope(Held held) {
        return held.certificate().scope();
    }

    private Keyring ringOf(List<String> certificates) {
        return Keyring.of(root.verifyingKey(), certificates);
    }

    private OrderKeys keys() {
        return OrderKeys.in(folder.resolve("orders"), root.verifyingKey());
    }
}
