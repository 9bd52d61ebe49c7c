package io.venule.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.release.ReleaseSignatures.Verdict;
import io.venule.signing.Json;
import io.venule.signing.Jws;
import io.venule.signing.KeyCertificate;
import io.venule.signing.KeyRole;
import io.venule.signing.Keyring;
import io.venule.signing.SigningKey;
import io.venule.staff.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A release needs two people with two keys. Source: docs/pump-contract.md, "Library". */
class ReleaseSignaturesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final SigningKey ROOT = key(1);
    private static final SigningKey ONE = key(2);
    private static final SigningKey TWO = key(3);
    private static final SigningKey ORDER = key(4);
    private static final SigningKey EXPIRED = key(5);
    private static final SubjectId PAT = new SubjectId("pat");
    private static final SubjectId PIA = new SubjectId("pia");
    private static final Release RELEASE = LibraryTextTest.release(LibraryTextTest.LIBRARY);

    private static final Keyring RING = Keyring.of(
            ROOT.verifyingKey(),
            List.of(
                    certificate(ONE, KeyRole.LIBRARY_RELEASE, NOW.plusSeconds(60)),
                    certificate(TWO, KeyRole.LIBRARY_RELEASE, NOW.plusSeconds(60)),
                    certificate(ORDER, KeyRole.ORDER, NOW.plusSeconds(60)),
                    certificate(EXPIRED, KeyRole.LIBRARY_RELEASE, NOW.minusSeconds(1))));

    @Test
    void two_people_with_two_keys_approve() {
        assertThat(check(RELEASE, by(PAT, ONE), by(PIA, TWO))).isEqualTo(new Verdict.Approved(List.of(PAT, PIA)));
    }

    @Test
    void one_person_with_two_keys_or_two_people_with_one_key_do_not() {
        assertRefused(check(RELEASE, by(PAT, ONE), by(PAT, TWO)), "two different people must sign; 1 did");
        assertRefused(check(RELEASE, by(PAT, ONE), by(PIA, ONE)), "two different keys must sign; 1 did");
        assertRefused(check(RELEASE, by(PAT, ONE), by(PAT, ONE)), "two different people must sign; 1 did");
        assertRefused(check(RELEASE, by(PAT, ONE)), "two different people must sign; 1 did");
        assertRefused(check(RELEASE), "two different people must sign; 0 did");
    }

    @Test
    void a_key_for_something_else_or_out_of_its_time_or_unknown_does_not_count() {
        assertRefused(check(RELEASE, by(PAT, ONE), by(PIA, ORDER)), "is for ORDER");
        assertRefused(check(RELEASE, by(PAT, ONE), by(PIA, EXPIRED)), "is not valid at");
        assertRefused(check(RELEASE, by(PAT, ONE), by(PIA, key(9))), "no certificate for key");
    }

    @Test
    void one_bad_signature_beside_two_good_ones_is_a_refusal() {
        var bad = by(PIA, TWO);
        var broken = bad.substring(0, bad.length() - 4) + "AAAA";

        assertRefused(check(RELEASE, by(PAT, ONE), by(PIA, TWO), broken), "not signed by key");
    }

    @Test
    void a_signature_over_another_release_does_not_count() {
        var files = new HashMap<>(LibraryTextTest.LIBRARY);
        files.put("library.json", "{\"counter\": 4, \"title\": \"Test library\", \"use\": \"tests\"}");
        var other = LibraryTextTest.release(files);

        assertRefused(check(other, by(PAT, ONE), by(PIA, TWO)), "signed another release");
    }

    @Test
    void a_signature_from_the_future_does_not_count_and_one_from_this_instant_does() {
        var future = ReleaseSignatures.sign(RELEASE, PIA, NOW.plusMillis(1), TWO);

        assertRefused(check(RELEASE, by(PAT, ONE), future), "signed in the future");
        assertThat(check(RELEASE, by(PAT, ONE), ReleaseSignatures.sign(RELEASE, PIA, NOW, TWO)))
                .isInstanceOf(Verdict.Approved.class);
    }

    @Test
    void a_signature_of_nobody_does_not_count() {
        var statement = Json.object()
                .put("counter", RELEASE.version().counter())
                .put("sha256", RELEASE.version().sha256())
                .put("signedAt", NOW.toEpochMilli())
                .put("signer", " ")
                .put("size", RELEASE.size())
                .put("ver", 1)
                .build();

        assertRefused(
                check(RELEASE, by(PAT, ONE), Jws.sign(ReleaseSignatures.TYP, statement, TWO)), "signer: names nobody");
    }

    @Test
    void more_signatures_than_anyone_needs_are_not_even_read() {
        assertRefused(
                ReleaseSignatures.check(RELEASE, Collections.nCopies(17, by(PAT, ONE)), RING, NOW),
                "more than 16 signatures");
    }

    private static void assertRefused(Verdict verdict, String reason) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.NotApproved.class,
                        refused -> assertThat(refused.reasons()).anyMatch(text -> text.contains(reason)));
    }

    private static Verdict check(Release release, String... signatures) {
        return ReleaseSignatures.check(release, Arrays.asList(signatures), RING, NOW);
    }

    private static String by(SubjectId signer, SigningKey key) {
        return ReleaseSignatures.sign(RELEASE, signer, NOW.minusSeconds(5), key);
    }

    private static String certificate(SigningKey key, KeyRole role, Instant notAfter) {
        return new KeyCertificate(
                        key.verifyingKey(), role, KeyCertificate.EVERY_SCOPE, NOW.minus(Duration.ofDays(1)), notAfter)
                .signedBy(ROOT);
    }

    private static SigningKey key(int seed) {
        var bytes = new byte[SigningKey.SEED_SIZE];
        Arrays.fill(bytes, (byte) seed);
        return SigningKey.ofSeed(bytes);
    }
}
