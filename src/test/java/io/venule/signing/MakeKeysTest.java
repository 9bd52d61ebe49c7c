package io.venule.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Source: docs/keys.md; RFC 8410. */
class MakeKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final OrderBatch ONE_DAY = new OrderBatch(1, List.of("*"));

    private static final String ORDER = "orders/every-ward-20261121T0800Z";
    private static final Duration LAST = Duration.ofHours(24).plusMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void each_file_is_made_and_only_its_owner_reads_it() throws IOException {
        make();

        try (var files = Files.walk(folder)) {
            var all = files.filter(Files::isRegularFile).toList();
            assertThat(all.stream()
                            .map(file -> folder.relativize(file).toString())
                            .collect(Collectors.toSet()))
                    .isEqualTo(Set.of(
                            "root.key",
                            "root.pub",
                            "library-1.key",
                            "library-1.jws",
                            "library-2.key",
                            "library-2.jws",
                            "orders/every-ward-20261121T0800Z.key",
                            "orders/every-ward-20261121T0800Z.jws",
                            "checkpoint.key",
                            "checkpoint.jws",
                            "log.vkey",
                            "data.key",
                            "pairing.key"));
            for (var file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void each_key_is_certified_for_its_role_and_lifetime_only() throws IOException {
        make();
        var root = KeyFiles.verifyingKey(folder.resolve("root.pub"));
        var ring = Keyring.of(
                root,
                List.of(text(ORDER + ".jws"), text("library-1.jws"), text("library-2.jws"), text("checkpoint.jws")));
        var order = KeyFiles.signingKey(folder.resolve(ORDER + ".key")).id();

        assertThat(ring.find(order, KeyRole.ORDER, "ICU", NOW)).isInstanceOf(Keyring.Found.Key.class);
        assertThat(ring.find(order, KeyRole.ORDER, "ICU", NOW.plus(LAST))).isInstanceOf(Keyring.Found.Key.class);
        assertThat(ring.find(order, KeyRole.ORDER, "ICU", NOW.plus(LAST).plusMillis(1)))
                .isInstanceOf(Keyring.Found.NotFound.class);
        assertThat(ring.find(order, KeyRole.LIBRARY_RELEASE, "ICU", NOW)).isInstanceOf(Keyring.Found.NotFound.class);
        assertThat(ring.certificates()).hasSize(4);
        assertThat(root)
                .isEqualTo(KeyFiles.signingKey(folder.resolve("root.key")).verifyingKey());
    }

    @Test
    void the_log_s_verifier_key_is_the_checkpoint_key_under_the_log_s_name() throws IOException {
        make();

        var key = KeyFiles.noteKey(folder.resolve("log.vkey"));

        assertThat(key.key())
                .isEqualTo(KeyFiles.signingKey(folder.resolve("checkpoint.key")).verifyingKey());
        assertThat(key.name())
                .contains(KeyFiles.verifyingKey(folder.resolve("root.pub")).id().hex());
    }

    @Test
    void the_platform_reads_the_key_files_and_they_belong_together() throws Exception {
        make();
        var factory = KeyFactory.getInstance("Ed25519");
        var privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(der("root.key")));
        var publicKey = factory.generatePublic(new X509EncodedKeySpec(der("root.pub")));
        var message = "hello".getBytes(US_ASCII);
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(privateKey);
        signer.update(message);
        var signature = signer.sign();
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(publicKey);
        verifier.update(message);

        assertThat(verifier.verify(signature)).isTrue();
        assertThat(KeyFiles.signingKey(folder.resolve("root.key")).sign(message))
                .isEqualTo(signature);
        assertThat(((EdECPrivateKey) privateKey).getBytes())
                .contains(KeyFiles.signingKey(folder.resolve("root.key")).seed());
    }

    @Test
    void nothing_is_overwritten_and_nothing_added_beside_what_is_there() throws IOException {
        Files.writeString(folder.resolve("data.key"), "mine");

        assertThatThrownBy(this::make).isInstanceOf(FileAlreadyExistsException.class);

        assertThat(Files.readString(folder.resolve("data.key"))).isEqualTo("mine");
        assertThat(folder).isDirectoryNotContaining(file -> file.endsWith("root.key"));
    }

    @Test
    void two_installations_share_no_key_and_no_secret() throws IOException {
        make();
        var first = folder.resolve("first");
        MakeKeys.into(first, InstantSource.fixed(NOW), new SecureRandom(), ONE_DAY);

        for (var name : List.of("root.key", ORDER + ".key", "checkpoint.key", "library-1.key", "library-2.key")) {
            assertThat(KeyFiles.signingKey(first.resolve(name)).id())
                    .isNotEqualTo(KeyFiles.signingKey(folder.resolve(name)).id());
        }
        for (var name : List.of("data.key", "pairing.key")) {
            assertThat(KeyFiles.secret(first.resolve(name)))
                    .hasSize(32)
                    .isNotEqualTo(KeyFiles.secret(folder.resolve(name)));
        }
    }

    @Test
    void a_file_that_is_no_key_is_refused_by_name_and_its_content_not_shown() throws IOException {
        var file = Files.writeString(
                folder.resolve("bad"), "-----BEGIN PRIVATE KEY-----\nsecretsecret\n-----END PRIVATE KEY-----\n");

        assertThatThrownBy(() -> KeyFiles.signingKey(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bad")
                .hasMessageNotContaining("secretsecret");
        assertThatThrownBy(() -> KeyFiles.verifyingKey(file)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyFiles.secret(file)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyFiles.noteKey(file)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyFiles.secret(folder.resolve("none"))).isInstanceOf(UncheckedIOException.class);
    }

    private void make() throws IOException {
        MakeKeys.into(folder, InstantSource.fixed(NOW), new SecureRandom(), ONE_DAY);
    }

    private String text(String name) {
        return KeyFiles.certificate(folder.resolve(name));
    }

    private byte[] der(String name) throws IOException {
        var lines = Files.readAllLines(folder.resolve(name), US_ASCII);
        return Base64.getDecoder().decode(lines.get(1));
    }
}
