package io.venule.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.Jws.RefusalKind;
import io.venule.signing.Jws.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Source: docs/pump-contract.md, "Signed texts" and "Keys"; RFC 7515. */
class JwsTest {
    private static final String TYP = "infusion-order+jws";
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final byte[] PAYLOAD = "{\"ver\":1}".getBytes(UTF_8);

    private final SigningKey root = key(1);
    private final SigningKey order = key(2);

    @Test
    void a_signed_text_gives_back_its_payload_and_key() {
        var compact = Jws.sign(TYP, PAYLOAD, order);

        assertThat(Jws.verify(compact, TYP, order.verifyingKey()))
                .isInstanceOfSatisfying(Verification.Verified.class, verified -> {
                    assertThat(verified.payload()).isEqualTo(PAYLOAD);
                    assertThat(verified.key()).isEqualTo(order.id());
                });
    }

    @Test
    void the_header_is_exactly_algorithm_key_and_type() {
        var header = Jws.sign(TYP, PAYLOAD, order).split("\\.", -1)[0];

        assertThat(new String(Base64Url.decode(header).orElseThrow(), UTF_8))
                .isEqualTo("{\"alg\":\"Ed25519\",\"kid\":\"" + order.id() + "\",\"typ\":\"infusion-order+jws\"}");
    }

    @Test
    void another_key_or_type_is_refused() {
        var compact = Jws.sign(TYP, PAYLOAD, order);

        assertThat(kind(Jws.verify(compact, TYP, root.verifyingKey()))).isEqualTo(RefusalKind.HEADER);
        assertThat(kind(Jws.verify(compact, "pump-record+jws", order.verifyingKey())))
                .isEqualTo(RefusalKind.HEADER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\",\"kid\":\"%s\",\"typ\":\"infusion-order+jws\"}",
                "{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"infusion-order+jws\"}",
                "{\"alg\":\"Ed25519\",\"typ\":\"infusion-order+jws\",\"kid\":\"%s\"}",
                "{\"alg\":\"Ed25519\",\"kid\":\"%s\",\"typ\":\"infusion-order+jws\" }",
                "{\"alg\":\"Ed25519\",\"crit\":[],\"kid\":\"%s\",\"typ\":\"infusion-order+jws\"}",
                "{\"alg\":\"Ed25519\",\"jwk\":{},\"kid\":\"%s\",\"typ\":\"infusion-order+jws\"}",
                "{\"alg\":\"Ed25519\",\"kid\":\"%s\"}",
                ""
            })
    void a_rightly_signed_text_under_another_header_is_refused(String header) {
        var input = Base64Url.encode(header.replace("%s", order.id().hex()).getBytes(UTF_8)) + "."
                + Base64Url.encode(PAYLOAD);
        var compact = input + "." + Base64Url.encode(order.sign(input.getBytes(UTF_8)));
        var ring = Keyring.of(root.verifyingKey(), List.of(certificate("*").signedBy(root)));

        assertThat(kind(Jws.verify(compact, TYP, order.verifyingKey()))).isEqualTo(RefusalKind.HEADER);
        assertThat(kind(Jws.verify(compact, TYP, ring, need("ICU", NOW)))).isEqualTo(RefusalKind.HEADER);
    }

    @Test
    void one_changed_character_anywhere_is_refused() {
        var compact = Jws.sign(TYP, PAYLOAD, order);
        var random = new Random(1);
        for (int at = 0; at < compact.length(); at++) {
            char other =
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ".charAt(random.nextInt(69));
            if (other != compact.charAt(at)) {
                var changed = compact.substring(0, at) + other + compact.substring(at + 1);

                assertThat(Jws.verify(changed, TYP, order.verifyingKey()))
                        .as("character %d", at)
                        .isInstanceOf(Verification.Refused.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "a.b", "a.b.c.d", "é.é.é", "AA==.AA==.AA==", "AB.AA.AA"})
    void what_is_not_three_canonical_parts_is_malformed_or_has_no_header(String text) {
        assertThat(kind(Jws.verify(text, TYP, order.verifyingKey()))).isIn(RefusalKind.MALFORMED, RefusalKind.HEADER);
    }

    @Test
    void stray_last_bits_padding_and_a_longer_or_shorter_signature_are_refused() {
        var compact = Jws.sign(TYP, PAYLOAD, order);
        int dot = compact.lastIndexOf('.');
        var signature = Base64Url.decode(compact.substring(dot + 1)).orElseThrow();
        char last = compact.charAt(compact.length() - 1);
        var stray = compact.substring(0, compact.length() - 1) + (char) (last + 1);

        assertThat(kind(Jws.verify(stray, TYP, order.verifyingKey()))).isEqualTo(RefusalKind.MALFORMED);
        assertThat(kind(Jws.verify(compact + "=", TYP, order.verifyingKey()))).isEqualTo(RefusalKind.MALFORMED);
        for (int size : new int[] {0, 63, 65, 66}) {
            var other = compact.substring(0, dot + 1) + Base64Url.encode(java.util.Arrays.copyOf(signature, size));
            assertThat(kind(Jws.verify(other, TYP, order.verifyingKey()))).isEqualTo(RefusalKind.SIGNATURE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.c", "A.-_.09zZ"})
    void three_parts_in_the_alphabet_look_like_a_signed_text(String text) {
        assertThat(Jws.isCompact(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", ".", "..", "a.b", "a..c", ".b.c", "a.b.", "a.b.c.d", "a.b.c.", "a b.c.d", "a.b.c=", "a.b/.c"
            })
    void anything_else_does_not(String text) {
        assertThat(Jws.isCompact(text)).isFalse();
    }

    @Test
    void a_text_at_the_length_limit_is_read_and_one_character_more_refused() {
        var compact = Jws.sign(TYP, PAYLOAD, order);

        assertThat(Jws.verify(compact, TYP, order.verifyingKey(), compact.length()))
                .isInstanceOf(Verification.Verified.class);
        assertThat(kind(Jws.verify(compact, TYP, order.verifyingKey(), compact.length() - 1)))
                .isEqualTo(RefusalKind.MALFORMED);
    }

    @Test
    void a_key_is_found_only_for_its_role_scope_and_time() {
        var ring = Keyring.of(root.verifyingKey(), List.of(certificate("ICU").signedBy(root)));
        var compact = Jws.sign(TYP, PAYLOAD, order);
        var before = NOW.minusMillis(1);
        var end = NOW.plus(Duration.ofHours(24));

        assertThat(Jws.verify(compact, TYP, ring, need("ICU", NOW))).isInstanceOf(Verification.Verified.class);
        assertThat(Jws.verify(compact, TYP, ring, need("ICU", end))).isInstanceOf(Verification.Verified.class);
        assertThat(kind(Jws.verify(compact, TYP, ring, need("ICU", before)))).isEqualTo(RefusalKind.KEY_LIFETIME);
        assertThat(kind(Jws.verify(compact, TYP, ring, need("ICU", end.plusMillis(1)))))
                .isEqualTo(RefusalKind.KEY_LIFETIME);
        assertThat(kind(Jws.verify(compact, TYP, ring, need("ONCOLOGY", NOW)))).isEqualTo(RefusalKind.KEY);
        assertThat(kind(Jws.verify(compact, TYP, ring, new Keyring.Need(KeyRole.LIBRARY_RELEASE, "ICU", NOW))))
                .isEqualTo(RefusalKind.KEY);
        assertThat(kind(Jws.verify(compact, TYP, Keyring.under(root.verifyingKey()), need("ICU", NOW))))
                .isEqualTo(RefusalKind.KEY);
    }

    @Test
    void a_certificate_that_the_root_did_not_sign_is_not_taken() {
        var self = certificate("*").signedBy(order);

        assertThat(Keyring.under(root.verifyingKey()).with(self)).isInstanceOf(Keyring.Trust.Refused.class);
    }

    @Test
    void a_certificate_with_an_unknown_member_or_another_key_s_id_is_not_taken() {
        var members = Json.object()
                .put("key", order.verifyingKey().base64url())
                .put("notAfter", 2)
                .put("notBefore", 1)
                .put("role", "ORDER")
                .put("scope", "*")
                .put("ver", 1);
        var foreign = new java.util.TreeMap<>(members.build().members());
        foreign.put("kid", Json.text(root.id().hex()));
        var unknown = new java.util.TreeMap<>(members.build().members());
        unknown.put("kid", Json.text(order.id().hex()));
        unknown.put("more", Json.whole(1));

        assertThat(refusal(new Json.JsonObject(foreign))).isEqualTo("/kid: is not this key's id");
        assertThat(refusal(new Json.JsonObject(unknown))).isEqualTo("/more: is not a known member");
    }

    private String refusal(Json payload) {
        var trust = Keyring.under(root.verifyingKey()).with(Jws.sign(KeyCertificate.TYP, payload, root));
        return switch (trust) {
            case Keyring.Trust.Trusted _ -> "trusted";
            case Keyring.Trust.Refused refused -> refused.reason();
        };
    }

    private KeyCertificate certificate(String scope) {
        return new KeyCertificate(order.verifyingKey(), KeyRole.ORDER, scope, NOW, NOW.plus(Duration.ofHours(24)));
    }

    private static Keyring.Need need(String scope, Instant at) {
        return new Keyring.Need(KeyRole.ORDER, scope, at);
    }

    private static RefusalKind kind(Verification verification) {
        return switch (verification) {
            case Verification.Verified _ -> throw new AssertionError("verified");
            case Verification.Refused refused -> refused.kind();
        };
    }

    private static SigningKey key(int seed) {
        var bytes = new byte[32];
        bytes[0] = (byte) seed;
        return SigningKey.ofSeed(bytes);
    }
}
