package io.venule.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.signing.Jws.RefusalKind;
import io.venule.signing.Revocations.Checked;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The root's list of keys that must not be believed. Source: docs/pump-contract.md, "Keys". */
class RevocationsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final KeyId ONE = new KeyId("1111111111111111");
    private static final KeyId TWO = new KeyId("2222222222222222");

    private final SigningKey root = SigningKey.generate(new SecureRandom());

    @TempDir
    private Path folder;

    @Test
    void a_list_is_read_as_the_root_wrote_it() {
        var list = Revocations.NONE.with(List.of(TWO, ONE, TWO), NOW);

        assertThat(list.keys()).containsExactly(ONE, TWO);
        assertThat(Revocations.check(list.signedBy(root), root.verifyingKey())).isEqualTo(new Checked.Ok(list));
    }

    @Test
    void nobody_else_makes_one() {
        var stranger = SigningKey.generate(new SecureRandom());
        var list = Revocations.NONE.with(List.of(ONE), NOW).signedBy(stranger);

        assertThat(Revocations.check(list, root.verifyingKey()))
                .isInstanceOfSatisfying(
                        Checked.Refused.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.HEADER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"counter\":0,\"issued\":1,\"revoked\":[],\"ver\":1}",
                "{\"counter\":1,\"issued\":1,\"revoked\":[],\"ver\":2}",
                "{\"counter\":1,\"issued\":1,\"revoked\":[\"1\"],\"ver\":1}",
                "{\"counter\":1,\"issued\":1,\"revoked\":[\"2222222222222222\",\"1111111111111111\"],\"ver\":1}",
                "{\"counter\":1,\"issued\":1,\"revoked\":[\"1111111111111111\",\"1111111111111111\"],\"ver\":1}",
                "{\"counter\":1,\"issued\":1,\"more\":1,\"revoked\":[],\"ver\":1}",
                "{\"counter\":1,\"revoked\":[],\"ver\":1}",
                "{\"counter\": 1,\"issued\":1,\"revoked\":[],\"ver\":1}"
            })
    void another_form_is_no_list(String payload) {
        var text = Jws.sign(Revocations.TYP, payload.getBytes(java.nio.charset.StandardCharsets.US_ASCII), root);

        assertThat(Revocations.check(text, root.verifyingKey()))
                .isInstanceOfSatisfying(
                        Checked.Refused.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.MALFORMED));
    }

    @Test
    void a_list_takes_the_place_of_one_only_if_it_is_newer_and_forgets_no_key() {
        var two = new Revocations(2, NOW, List.of(ONE));

        assertThat(new Revocations(3, NOW, List.of(ONE, TWO)).replaces(two)).isTrue();
        assertThat(new Revocations(3, NOW, List.of(ONE)).replaces(two)).isTrue();
        assertThat(new Revocations(2, NOW, List.of(ONE, TWO)).replaces(two)).isFalse();
        assertThat(new Revocations(1, NOW, List.of(ONE, TWO)).replaces(two)).isFalse();
        assertThat(new Revocations(3, NOW, List.of(TWO)).replaces(two)).isFalse();
    }

    @Test
    void the_longest_list_is_a_text_that_readers_take() {
        var keys = IntStream.range(0, Revocations.MAX_KEYS)
                .mapToObj(number -> new KeyId("%016x".formatted(number)))
                .toList();
        var list = new Revocations(1, NOW, keys);

        assertThat(Revocations.check(list.signedBy(root), root.verifyingKey())).isEqualTo(new Checked.Ok(list));
        assertThatThrownBy(() -> list.with(List.of(new KeyId("f".repeat(16))), NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_ring_under_a_list_neither_hands_out_nor_takes_a_key_of_it() {
        var key = SigningKey.generate(new SecureRandom());
        var certificate = new KeyCertificate(
                        key.verifyingKey(), KeyRole.ORDER, "ICU", NOW, NOW.plus(Duration.ofHours(1)))
                .signedBy(root);
        var list = Revocations.NONE.with(List.of(key.id()), NOW);
        var ring = Keyring.of(root.verifyingKey(), List.of(certificate));

        assertThat(ring.find(key.id(), KeyRole.ORDER, "ICU", NOW)).isInstanceOf(Keyring.Found.Key.class);
        assertThat(ring.under(list).find(key.id(), KeyRole.ORDER, "ICU", NOW))
                .isInstanceOf(Keyring.Found.NotFound.class);
        assertThat(Keyring.under(root.verifyingKey()).under(list).with(certificate))
                .isInstanceOf(Keyring.Trust.Refused.class);
    }

    @Test
    void the_command_makes_each_list_from_the_one_before() throws IOException {
        RevokeKeys.next(folder, root, List.of(ONE), NOW);
        RevokeKeys.next(folder, root, List.of(TWO), NOW);

        assertThat(OrderKeys.revokedIn(folder, root.verifyingKey()))
                .isEqualTo(new Revocations(2, NOW, List.of(ONE, TWO)));
        assertThat(RevokeKeys.run(List.of("somewhere", "--root"), NOW, System.out, System.err))
                .isEqualTo(2);
    }
}
