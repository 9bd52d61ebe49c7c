package io.venule.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second two years of an installation, under the same root. Source: docs/keys.md, "Keys that live long". */
class RenewKeysTest {
    private static final Instant MADE = Instant.parse("2026-11-21T08:00:00Z");
    private static final Instant NOW = MADE.plus(Duration.ofDays(700));
    private static final Duration LIFE = Duration.ofDays(730);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path place;

    @BeforeEach
    void an_installation() throws IOException {
        MakeKeys.into(keys(), InstantSource.fixed(MADE), RANDOM, new OrderBatch(1, List.of("*")));
    }

    private Path keys() {
        return place.resolve("keys");
    }

    private Path next() {
        return place.resolve("next");
    }

    private RenewKeys command() {
        return new RenewKeys(
                NOW,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private int renew(Path root, String... names) {
        var certificates =
                Stream.of(names).map(name -> keys().resolve(name).toString()).toList();
        return command()
                .renew(Stream.concat(
                                Stream.of(
                                        next().toString(),
                                        "--root",
                                        root.resolve("root.key").toString()),
                                certificates.stream())
                        .toList());
    }

    private KeyCertificate certificate(Path file) {
        var checked = KeyCertificate.check(KeyFiles.certificate(file), root());
        assertThat(checked).isInstanceOf(KeyCertificate.Checked.Certified.class);
        return ((KeyCertificate.Checked.Certified) checked).certificate();
    }

    private VerifyingKey root() {
        return KeyFiles.verifyingKey(keys().resolve("root.pub"));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_later_certificate_is_of_the_same_key_for_the_same_and_counts_from_now_on() {
        var names = List.of("library-1.jws", "library-2.jws", "checkpoint.jws");

        assertThat(renew(keys(), names.toArray(String[]::new))).as(said()).isZero();

        for (var name : names) {
            var before = certificate(keys().resolve(name));
            var after = certificate(next().resolve(name));
            assertThat(after.key()).isEqualTo(before.key());
            assertThat(after.role()).isEqualTo(before.role());
            assertThat(after.scope()).isEqualTo(before.scope());
            assertThat(after.notBefore()).isEqualTo(NOW.minus(MakeKeys.CLOCK_ALLOWANCE));
            assertThat(after.notAfter()).isEqualTo(NOW.plus(LIFE));
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(NOW.plus(LIFE).toString());
    }

    @Test
    void who_holds_the_earlier_one_takes_the_later_one_and_not_back() {
        renew(keys(), "library-1.jws");
        var earlier = KeyFiles.certificate(keys().resolve("library-1.jws"));
        var later = KeyFiles.certificate(next().resolve("library-1.jws"));
        var id = certificate(keys().resolve("library-1.jws")).id();
        var need =
                new Keyring.Need(KeyRole.LIBRARY_RELEASE, "*", MADE.plus(LIFE).plusMillis(1));
        var ring = Keyring.of(root(), List.of(earlier));
        assertThat(ring.find(id, need)).isInstanceOf(Keyring.Found.NotFound.class);

        var taken = (Keyring.Trust.Trusted) ring.with(later);

        assertThat(taken.keyring().find(id, need)).isInstanceOf(Keyring.Found.Key.class);
        assertThat(taken.keyring().with(earlier)).isInstanceOf(Keyring.Trust.Refused.class);
    }

    @Test
    void a_key_of_orders_is_not_renewed_and_nothing_else_is_made_beside_it() {
        assertThat(renew(keys(), "library-1.jws", "orders/every-ward-20261121T0800Z.jws"))
                .isOne();

        assertThat(said()).contains("an order key is not renewed", "ops/make-keys orders");
        assertThat(next()).doesNotExist();
    }

    @Test
    void a_certificate_by_another_root_is_not_renewed() throws IOException {
        var other = place.resolve("other");
        MakeKeys.into(other, InstantSource.fixed(MADE), RANDOM, new OrderBatch(1, List.of("*")));

        assertThat(renew(other, "library-1.jws")).isOne();

        assertThat(said()).contains("not a certificate by this root");
        assertThat(next()).doesNotExist();
    }

    @Test
    void nothing_is_overwritten() throws IOException {
        Files.createDirectories(next());
        Files.writeString(next().resolve("library-2.jws"), "mine");

        assertThat(renew(keys(), "library-1.jws", "library-2.jws")).isOne();
        assertThat(said()).contains("library-2.jws exists and is not overwritten");

        assertThat(next().resolve("library-1.jws")).doesNotExist();
        assertThat(next().resolve("library-2.jws")).content().isEqualTo("mine");
    }

    @Test
    void two_certificates_of_one_name_are_refused() {
        assertThat(renew(keys(), "library-1.jws", "./library-1.jws")).isOne();

        assertThat(said()).contains("two certificates of one name: library-1.jws");
    }

    @Test
    void a_pharmacist_who_comes_gets_a_key_of_their_own_under_the_same_root() throws IOException {
        var exit = command()
                .library(
                        List.of(
                                next().toString(),
                                "--root",
                                keys().resolve("root.key").toString(),
                                "2"),
                        RANDOM);

        assertThat(exit).as(said()).isZero();
        var made = certificate(next().resolve("library-2.jws"));
        assertThat(made.role()).isEqualTo(KeyRole.LIBRARY_RELEASE);
        assertThat(made.notAfter()).isEqualTo(NOW.plus(LIFE));
        assertThat(made.key())
                .isEqualTo(KeyFiles.signingKey(next().resolve("library-2.key")).verifyingKey())
                .isNotEqualTo(certificate(keys().resolve("library-2.jws")).key());
        assertThat(KeyFiles.verifyingKey(next().resolve("root.pub"))).isEqualTo(root());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(next().resolve("library-2.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void wrong_use_is_said_and_makes_nothing() {
        var root = keys().resolve("root.key").toString();

        assertThat(command().renew(List.of(next().toString(), "--root", root))).isEqualTo(2);
        assertThat(command().renew(List.of(next().toString(), root, "--root", "a")))
                .isEqualTo(2);
        assertThat(command().library(List.of(next().toString(), "--root", root, "3"), RANDOM))
                .isEqualTo(2);
        assertThat(command().library(List.of(next().toString(), "--root", root, "1", "2"), RANDOM))
                .isEqualTo(2);
        assertThat(command().library(List.of(next().toString(), "--root", "none", "1"), RANDOM))
                .isOne();
        assertThat(next()).doesNotExist();
    }
}
