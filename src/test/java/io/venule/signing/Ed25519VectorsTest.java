package io.venule.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Source: Wycheproof; RFC 8032; RFC 7515. */
class Ed25519VectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    @TestFactory
    Stream<DynamicTest> wycheproof_signatures_are_judged_as_published() {
        var cases = Stream.<DynamicTest>builder();
        for (var group : Vectors.json(Vectors.folder("wycheproof").resolve("ed25519_test.json"))
                .get("testGroups")) {
            var key = VerifyingKey.parse(HEX.parseHex(group.at("/publicKey/pk").asText()));
            for (var test : group.get("tests")) {
                cases.add(DynamicTest.dynamicTest("case " + test.get("tcId") + " " + test.get("flags"), () -> {
                    var message = HEX.parseHex(test.get("msg").asText());
                    var signature = HEX.parseHex(test.get("sig").asText());

                    var verified = key.isPresent() && key.get().verify(message, signature);

                    assertThat(verified).isEqualTo(test.get("result").asText().equals("valid"));
                }));
            }
        }
        return cases.build();
    }

    @TestFactory
    Stream<DynamicTest> wycheproof_texts_of_algorithms_we_do_not_allow_are_refused() {
        var ours = VerifyingKey.parse(
                        SigningKey.ofSeed(new byte[32]).verifyingKey().raw())
                .orElseThrow();
        var cases = Stream.<DynamicTest>builder();
        for (var group : Vectors.json(Vectors.folder("wycheproof").resolve("json_web_signature_test.json"))
                .get("testGroups")) {
            for (var test : group.get("tests")) {
                cases.add(DynamicTest.dynamicTest("case " + test.get("tcId") + " " + test.get("comment"), () -> {
                    var verification = Jws.verify(test.get("jws").asText(), "infusion-order+jws", ours);

                    assertThat(verification)
                            .isInstanceOfSatisfying(
                                    Jws.Verification.Refused.class,
                                    refused -> assertThat(refused.kind())
                                            .isIn(Jws.RefusalKind.HEADER, Jws.RefusalKind.MALFORMED));
                }));
            }
        }
        return cases.build();
    }

    @Test
    void each_published_case_is_judged_above() {
        assertThat(wycheproof_signatures_are_judged_as_published()).hasSize(151);
        assertThat(wycheproof_texts_of_algorithms_we_do_not_allow_are_refused()).hasSize(401);
    }

    @Test
    void our_signature_is_byte_equal_to_the_platform_s() throws Exception {
        var random = new Random(20261121);
        for (int i = 0; i < 100; i++) {
            var seed = new byte[32];
            random.nextBytes(seed);
            var message = new byte[random.nextInt(300)];
            random.nextBytes(message);
            var key = SigningKey.ofSeed(seed);
            var platformKey = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));

            var platform = Signature.getInstance("Ed25519");
            platform.initSign(platformKey);
            platform.update(message);
            var expected = platform.sign();

            assertThat(key.sign(message)).as("seed %d", i).isEqualTo(expected);
            assertThat(key.verifyingKey().verify(message, expected)).isTrue();
        }
    }

    @Test
    void the_example_of_RFC_8037_signs_to_the_published_bytes() {
        var key = SigningKey.ofSeed(Base64.getUrlDecoder().decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"));

        var signature = key.sign(
                "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(StandardCharsets.US_ASCII));

        assertThat(key.verifyingKey().base64url()).isEqualTo("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assertThat(Base64Url.encode(signature))
                .isEqualTo("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    }

    @Test
    void a_key_of_small_order_is_no_key() {
        var identity = new byte[32];
        identity[0] = 1;

        assertThat(VerifyingKey.parse(identity)).isEmpty();
        assertThat(VerifyingKey.parse(new byte[32])).isEmpty();
        assertThat(VerifyingKey.parse(new byte[31])).isEmpty();
        assertThat(VerifyingKey.parse(new byte[33])).isEmpty();
    }
}
