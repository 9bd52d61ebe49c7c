package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The published examples judged without our own signing code: signatures by the platform, JSON by Jackson's object mapper, hashes by the
 * platform. Source: RFC 7515; RFC 8785; docs/pump-contract.md, "Signed texts".
 */
class ExampleByOtherMeansTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String ZEROS = "0".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "challenges,record,pump-challenge+jws",
        "receipts,record,pump-receipt+jws",
        "records,record,pump-record+jws"
    })
    void whatever_the_pump_said_is_signed_by_its_record_key_and_canonical(String folder, String key, String type) {
        assertThat(ExampleFiles.signed(folder)).hasSizeGreaterThan(10).allSatisfy(name -> {
            assertThat(isSigned(name, key, type)).isTrue();
            assertThat(isCanonical(name)).isTrue();
        });
    }

    @Test
    void an_order_is_signed_and_canonical_unless_its_name_says_otherwise() {
        assertThat(ExampleFiles.signed("orders")).allSatisfy(name -> {
            switch (ExampleFiles.fate(name)) {
                case "SIGNATURE" ->
                    assertThat(isSigned(name, "order", "infusion-order+jws")).isFalse();
                case "MALFORMED" -> assertThat(ExampleFiles.text(name)).isNotEmpty();
                default -> {
                    assertThat(isSigned(name, "order", "infusion-order+jws")).isTrue();
                    assertThat(isCanonical(name)).isTrue();
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "member-twice",
        "number-with-a-fraction",
        "number-with-an-exponent",
        "number-beyond-2-to-the-53",
        "space",
        "needless-escape",
        "true",
        "byte-order-mark",
        "something-after-the-end",
        "cut-short"
    })
    void a_rightly_signed_text_of_another_form_is_not_canonical(String what) {
        var name = "orders/MALFORMED-" + what + ".jws";

        assertThat(isSigned(name, "order", "infusion-order+jws")).isTrue();
        assertThat(isCanonical(name)).isFalse();
    }

    @Test
    void a_receipt_names_the_hash_of_the_order_that_it_answers() {
        assertThat(ExampleFiles.signed("receipts"))
                .allSatisfy(name -> assertThat(payload(name).get("orderHash").asText())
                        .isEqualTo(sha256(ExampleFiles.bytes(name.replace("receipts/", "orders/")))));
    }

    @Test
    void records_are_numbered_from_1_in_each_epoch_and_hold_the_hash_of_the_one_before() {
        var last = "";
        var epoch = "";
        var sequence = 0L;
        for (var name : ExampleFiles.signed("records")) {
            var record = payload(name);
            if (!record.get("epoch").asText().equals(epoch)) {
                epoch = record.get("epoch").asText();
                sequence = 0;
                last = ZEROS;
            }
            sequence++;
            assertThat(record.get("seq").asLong()).as(name).isEqualTo(sequence);
            assertThat(record.get("prev").asText()).as(name).isEqualTo(last);
            last = sha256(ExampleFiles.bytes(name));
        }
    }

    @ParameterizedTest
    @CsvSource({"order,icu,ORDER", "pharmacist,*,LIBRARY_RELEASE", "colleague,*,LIBRARY_RELEASE"})
    void a_certificate_is_the_root_s_word_about_a_published_key(String name, String scope, String role) {
        var file = "certificates/" + name + ".jws";

        assertThat(isSigned(file, "root", "key-certificate+jws")).isTrue();
        assertThat(isCanonical(file)).isTrue();
        assertThat(payload(file).get("key").asText())
                .isEqualTo(key(name).get("key").asText());
        assertThat(payload(file).get("role").asText()).isEqualTo(role);
        assertThat(payload(file).get("scope").asText()).isEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource({"library-anna,pharmacist", "library-ben,colleague"})
    void a_release_signature_names_the_library_s_size_and_hash(String name, String key) {
        var file = "library/" + name + ".jws";
        var library = ExampleFiles.bytes("library/library.json");

        assertThat(isSigned(file, key, "library-release+jws")).isTrue();
        assertThat(payload(file).get("sha256").asText()).isEqualTo(sha256(library));
        assertThat(payload(file).get("size").asLong()).isEqualTo(library.length);
    }

    @Test
    void each_published_key_belongs_to_its_seed_and_its_id_to_the_key() throws GeneralSecurityException {
        for (var key : json(ExampleFiles.text("keys.json")).get("keys")) {
            var seed = HexFormat.of().parseHex(key.get("seed").asText());
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
            signer.update(seed);

            assertThat(verifies(key, seed, signer.sign())).as(key.toString()).isTrue();
            assertThat(key.get("seed").asText())
                    .isEqualTo(sha256(
                            ("venule published test key: " + key.get("name").asText())
                                    .getBytes(StandardCharsets.UTF_8)));
            assertThat(sha256(decode(key.get("key").asText())))
                    .startsWith(key.get("kid").asText());
        }
    }

    @Test
    void the_commands_in_the_readme_verify_a_text_with_openssl() throws IOException, InterruptedException {
        assumeTrue(run("openssl version").startsWith("OpenSSL 3"), "OpenSSL 3 is not here");
        var commands = ExampleFiles.text("README.md")
                .lines()
                .filter(line -> line.startsWith("    "))
                .collect(Collectors.joining("\n"));

        assertThat(run(commands)).startsWith("Signature Verified Successfully").contains("\"op\":\"program\"");
        assertThat(run(commands.replace("name=order", "name=stranger"))).doesNotContain("Verified Successfully");
    }

    private static String run(String commands) throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "-c", commands)
                .directory(ExampleFiles.FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** Whether this key signed the text under exactly this header. */
    private static boolean isSigned(String name, String signer, String type) {
        var parts = ExampleFiles.text(name).split("\\.", -1);
        var key = key(signer);
        var header = "{\"alg\":\"Ed25519\",\"kid\":\"" + key.get("kid").asText() + "\",\"typ\":\"" + type + "\"}";
        return parts.length == 3
                && new String(decode(parts[0]), StandardCharsets.UTF_8).equals(header)
                && verifies(key, (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII), decode(parts[2]));
    }

    private static boolean verifies(JsonNode key, byte[] message, byte[] signature) {
        try {
            var prefix = HexFormat.of().parseHex("302a300506032b6570032100");
            var encoded = Arrays.copyOf(prefix, 44);
            System.arraycopy(decode(key.get("key").asText()), 0, encoded, 12, 32);
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static JsonNode key(String name) {
        for (var key : json(ExampleFiles.text("keys.json")).get("keys")) {
            if (key.get("name").asText().equals(name)) {
                return key;
            }
        }
        throw new AssertionError("no key " + name);
    }

    private static boolean isCanonical(String name) {
        return Canonical.is(payloadText(name).getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode payload(String name) {
        return json(payloadText(name));
    }

    private static String payloadText(String name) {
        return new String(decode(ExampleFiles.text(name).split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] decode(String base64url) {
        return Base64.getUrlDecoder().decode(base64url);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
