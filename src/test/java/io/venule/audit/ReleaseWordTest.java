package io.venule.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.Digest;
import io.venule.signing.Json;
import io.venule.signing.Jws;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyRole;
import io.venule.signing.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who released the drug library is judged with the root's key, also against whoever holds the log's key. Invariant 7. */
class ReleaseWordTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Digest LIBRARY = Digest.ofText("library");
    private static final SigningKey ROOT = key("root");
    private static final SigningKey FIRST = key("first");
    private static final SigningKey SECOND = key("second");

    @Test
    void a_release_that_two_people_signed_with_two_keys_holds() {
        assertThat(fault(activated("pat", "pia")
                        .signed(by("pat", FIRST))
                        .signed(of(FIRST))
                        .signed(by("pia", SECOND))
                        .signed(of(SECOND))))
                .isEmpty();
    }

    @Test
    void each_release_is_counted() {
        var good = activated("pat", "pia")
                .signed(by("pat", FIRST))
                .signed(of(FIRST))
                .signed(by("pia", SECOND))
                .signed(of(SECOND));
        var judging = new RootWord(Optional.of(ROOT.verifyingKey()));
        var counting = new RootWord(Optional.empty());

        assertThat(judging.look(7, List.of(Optional.of(good), Optional.of(good))))
                .isEmpty();
        assertThat(counting.look(7, List.of(Optional.of(good), Optional.of(good))))
                .isEmpty();

        assertThat(List.of(judging.releases(), judging.unjudged())).containsExactly(2L, 0L);
        assertThat(List.of(counting.releases(), counting.unjudged())).containsExactly(0L, 4L);
    }

    @Test
    void one_person_one_key_or_nobody_is_not_enough() {
        assertThat(fault(activated("pat")
                        .signed(by("pat", FIRST))
                        .signed(of(FIRST))
                        .signed(by("pat", SECOND))
                        .signed(of(SECOND))))
                .contains("1 people with 2 keys");
        assertThat(fault(activated("pat", "pia")
                        .signed(by("pat", FIRST))
                        .signed(of(FIRST))
                        .signed(by("pia", FIRST))
                        .signed(of(FIRST))))
                .contains("2 people with 1 keys");
        assertThat(fault(activated("pat", "pia"))).contains("0 people");
    }

    @Test
    void the_entry_names_exactly_those_who_signed() {
        assertThat(fault(activated("pat", "paul")
                        .signed(by("pat", FIRST))
                        .signed(of(FIRST))
                        .signed(by("pia", SECOND))
                        .signed(of(SECOND))))
                .contains("names others");
    }

    @Test
    void a_signature_counts_only_over_this_release_and_not_from_the_future() {
        var good = activated("pat", "pia").signed(by("pat", FIRST)).signed(of(FIRST));

        assertThat(fault(good.signed(text("pia", 8, LIBRARY, NOON, SECOND)).signed(of(SECOND))))
                .contains("another release");
        assertThat(fault(good.signed(text("pia", 7, Digest.ofText("other"), NOON, SECOND))
                        .signed(of(SECOND))))
                .contains("another release");
        assertThat(fault(good.signed(text("pia", 7, LIBRARY, NOON, SECOND)).signed(of(SECOND))))
                .isEmpty();
        assertThat(fault(good.signed(text("pia", 7, LIBRARY, NOON.plusMillis(1), SECOND))
                        .signed(of(SECOND))))
                .contains("another release");
    }

    @Test
    void a_key_counts_by_the_roots_word_for_releases_and_in_its_time() {
        var good = activated("pat", "pia")
                .signed(by("pat", FIRST))
                .signed(of(FIRST))
                .signed(by("pia", SECOND));

        assertThat(fault(good)).contains("without the certificate");
        assertThat(fault(good.signed(of(FIRST)))).contains("did not sign");
        assertThat(fault(good.signed(certificate(SECOND, KeyRole.ORDER, NOON, SECOND))))
                .contains("not the root's word");
        assertThat(fault(good.signed(certificate(SECOND, KeyRole.CHECKPOINT, NOON, ROOT))))
                .contains("CHECKPOINT");
        assertThat(fault(good.signed(certificate(SECOND, KeyRole.LIBRARY_RELEASE, NOON, ROOT))))
                .isEmpty();
        assertThat(fault(good.signed(certificate(SECOND, KeyRole.LIBRARY_RELEASE, NOON.minusMillis(1), ROOT))))
                .contains("not valid");
    }

    private static String fault(AuditEntry entry) {
        return new RootWord(Optional.of(ROOT.verifyingKey()))
                .look(7, List.of(Optional.of(entry)))
                .map(PumpWord.Fault::what)
                .orElse("");
    }

    private static AuditEntry activated(String... signers) {
        return AuditEntry.bySystem(AuditKind.LIBRARY_ACTIVATED, NOON)
                .under(7, LIBRARY)
                .with("signers", List.of(signers))
                .with("before", 6);
    }

    private static String by(String signer, SigningKey key) {
        return text(signer, 7, LIBRARY, NOON, key);
    }

    private static String text(String signer, long counter, Digest sha256, Instant at, SigningKey key) {
        return Jws.sign(
                "library-release+jws",
                Json.object()
                        .put("counter", counter)
                        .put("sha256", sha256)
                        .put("signedAt", at.toEpochMilli())
                        .put("signer", signer)
                        .put("size", 1)
                        .put("ver", 1)
                        .build(),
                key);
    }

    private static String of(SigningKey key) {
        return certificate(key, KeyRole.LIBRARY_RELEASE, NOON.plus(Duration.ofDays(1)), ROOT);
    }

    private static String certificate(SigningKey key, KeyRole role, Instant until, SigningKey root) {
        return new KeyCertificate(
                        key.verifyingKey(), role, KeyCertificate.EVERY_SCOPE, until.minus(Duration.ofHours(25)), until)
                .signedBy(root);
    }

    private static SigningKey key(String name) {
        return SigningKey.ofSeed(Digest.ofText(name).bytes());
    }
}
