package io.venule.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.druglibrary.LibraryVersion;
import io.venule.release.ActiveRelease.Look;
import io.venule.release.LibraryReleases.Activation;
import io.venule.release.LibraryReleases.Kept;
import io.venule.release.LibraryReleases.Signed;
import io.venule.release.LibraryReleases.Since;
import io.venule.signing.KeyFiles;
import io.venule.signing.MakeKeys;
import io.venule.signing.OrderBatch;
import io.venule.signing.Revocations;
import io.venule.staff.SubjectId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which release a running server works with: the highest that was published and that two people signed. DESIGN, invariants 7 and 9. */
class ActiveReleaseTest {
    private static final Instant NOW = Instant.parse("2026-11-23T14:00:00Z");
    private static final SubjectId PAT = new SubjectId("pat");
    private static final SubjectId PIA = new SubjectId("pia");
    private static final String CLINICAL = "clinical use";

    @TempDir
    private Path keys;

    private final OnPaper record = new OnPaper();
    private final AtomicReference<Revocations> revoked = new AtomicReference<>(Revocations.NONE);
    private ReleaseTerms terms = new ReleaseTerms(false, () -> ReleaseFiles.ring(keys, revoked.get()), () -> NOW);

    @BeforeEach
    void keys() throws IOException {
        MakeKeys.into(keys, InstantSource.fixed(NOW), new SecureRandom(), new OrderBatch(1, List.of("*")));
    }

    private static Release release(long counter, String use) {
        var text = "{\"careAreas\":[],\"drugs\":[],\"library\":{\"counter\":" + counter + ",\"title\":\"Release "
                + counter + "\",\"use\":\"" + use + "\"},\"products\":[],\"ver\":1}";
        return switch (LibraryText.readRelease(text.getBytes(UTF_8))) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) -> throw new AssertionError(faults.toString());
        };
    }

    private String by(SubjectId person, int key, Release release) {
        return ReleaseSignatures.sign(
                release, person, NOW, KeyFiles.signingKey(keys.resolve("library-" + key + ".key")));
    }

    private Signed signed(Release release) {
        return new Signed(release, List.of(by(PAT, 1, release), by(PIA, 2, release)), List.of("pat", "pia"));
    }

    private ActiveRelease startedOn(long counter) {
        return new ActiveRelease(signed(release(counter, CLINICAL)), record, terms);
    }

    /** Published somewhere, with these signatures. */
    private void publish(Release release, List<String> signatures) {
        record.all.add(new Signed(release, signatures, List.of("whoever")));
    }

    private void publish(Release release) {
        publish(release, signed(release).signatures());
    }

    private void assertNotBelieved(ActiveRelease active, String reason) {
        var before = active.signed();
        assertThat(active.refresh())
                .isInstanceOfSatisfying(
                        Look.NotBelieved.class,
                        look -> assertThat(look.reasons()).anyMatch(why -> why.contains(reason)));
        assertThat(active.signed()).isSameAs(before);
        assertThat(active.notBelieved()).contains(new Look.NotBelieved(newest(), reasons(active)));
    }

    private static List<String> reasons(ActiveRelease active) {
        return active.notBelieved().orElseThrow().reasons();
    }

    private LibraryVersion newest() {
        return record.all.getLast().release().version();
    }

    @Test
    void a_higher_one_that_two_people_signed_is_worked_with_from_then_on() {
        var active = startedOn(7);
        var next = release(8, CLINICAL);
        publish(next);

        assertThat(active.refresh()).isEqualTo(new Look.TakenOver(next.version()));

        assertThat(active.version()).isEqualTo(next.version());
        assertThat(active.library().title()).isEqualTo("Release 8");
        assertThat(active.signed()).isEqualTo(signed(active.release()));
        assertThat(active.refresh()).isEqualTo(new Look.Same());
    }

    @ParameterizedTest
    @CsvSource({"6", "7"})
    void none_that_is_not_higher_for_no_pump_would_take_it(long counter) {
        var active = startedOn(7);
        publish(release(counter, "another use"));

        assertThat(active.refresh()).isEqualTo(new Look.Same());
        assertThat(active.version().counter()).isEqualTo(7);
        assertThat(active.release().use()).isEqualTo(CLINICAL);
    }

    @Test
    void where_nothing_was_published_it_works_with_what_it_started_on() {
        assertThat(startedOn(7).refresh()).isEqualTo(new Look.Same());
    }

    /** Whoever can write into the database can put a release there, and no signature. */
    @Test
    void what_the_record_holds_is_not_believed_without_both_signatures_over_exactly_these_bytes() {
        var next = release(8, CLINICAL);
        publish(next, List.of());
        assertNotBelieved(startedOn(7), "two different people must sign; 0 did");
        publish(next, List.of(by(PAT, 1, next)));
        assertNotBelieved(startedOn(7), "two different people must sign; 1 did");
        publish(next, List.of(by(PAT, 1, next), by(PAT, 2, next)));
        assertNotBelieved(startedOn(7), "two different people must sign; 1 did");
        publish(next, List.of(by(PAT, 1, next), by(PIA, 1, next)));
        assertNotBelieved(startedOn(7), "two different keys must sign; 1 did");
        publish(next, signed(release(8, "another use")).signatures());
        assertNotBelieved(startedOn(7), "signed another release");
        publish(next, List.of("a.b.c", by(PIA, 2, next)));
        assertNotBelieved(startedOn(7), "");
    }

    @Test
    void a_key_that_was_revoked_since_makes_no_release_the_active_one_and_takes_none_away() {
        var active = startedOn(7);
        var next = release(8, CLINICAL);
        publish(next);
        var key = KeyFiles.signingKey(keys.resolve("library-2.key")).id();
        revoked.set(Revocations.NONE.with(List.of(key), NOW));

        assertNotBelieved(active, "revoked");

        revoked.set(Revocations.NONE);
        assertThat(active.refresh()).isEqualTo(new Look.TakenOver(next.version()));
        assertThat(active.notBelieved()).isEmpty();
        revoked.set(Revocations.NONE.with(List.of(key), NOW));
        assertThat(active.refresh()).isEqualTo(new Look.Same());
        assertThat(active.version()).isEqualTo(next.version());
    }

    @Test
    void in_clinical_mode_only_a_library_for_clinical_use() {
        terms = new ReleaseTerms(true, terms.ring(), terms.clock());
        var active = startedOn(7);
        publish(release(8, "example, not for clinical use"));

        assertNotBelieved(active, "it must say \"clinical use\"");

        publish(release(8, CLINICAL));
        assertThat(active.refresh()).isInstanceOf(Look.TakenOver.class);
        assertThat(active.notBelieved()).isEmpty();
    }

    @Test
    void what_this_version_cannot_read_is_not_guessed_at() {
        var active = startedOn(7);
        var next = release(8, CLINICAL);
        publish(next);
        record.bytes = Optional.of("{\"ver\":2}");

        assertNotBelieved(active, "");
    }

    @Test
    void a_signature_counts_for_whom_it_names_and_beside_another_key_only() {
        var next = release(8, CLINICAL);
        var pats = by(PAT, 1, next);

        assertThat(terms.reasonsAgainst(next, List.of(), pats, PAT)).isEmpty();
        assertThat(terms.reasonsAgainst(next, List.of(), pats, PIA)).containsExactly("it was made as pat, not as pia");
        assertThat(terms.reasonsAgainst(next, List.of(pats), by(PIA, 2, next), PIA))
                .isEmpty();
        assertThat(terms.reasonsAgainst(next, List.of(pats), by(PIA, 1, next), PIA))
                .containsExactly("two different keys must sign; 1 did");
        assertThat(terms.reasonsAgainst(next, List.of(pats), by(PAT, 2, next), PAT))
                .containsExactly("two different people must sign; 1 did");
        assertThat(terms.reasonsAgainst(release(9, CLINICAL), List.of(), pats, PAT))
                .singleElement()
                .asString()
                .endsWith("signed another release");
    }

    /** The record of what was published, the last one last. */
    private static final class OnPaper implements LibraryReleases {
        private final List<Signed> all = new ArrayList<>();
        private Optional<String> bytes = Optional.empty();

        @Override
        public void activate(Signed release, Supplier<Since> since) {
            all.add(release);
        }

        @Override
        public Optional<Kept> kept(String sha256) {
            return all.reversed().stream()
                    .filter(signed -> signed.release().version().sha256().equals(sha256))
                    .findFirst()
                    .map(signed -> new Kept(
                            signed.release().version(),
                            new ReleaseBytes(bytes.map(text -> text.getBytes(UTF_8))
                                    .orElseGet(() -> signed.release().canonicalBytes())),
                            signed.signatures()));
        }

        @Override
        public List<Activation> activations(long before, int atMost) {
            return all.isEmpty() ? List.of() : List.of(activation(all.getLast()));
        }

        private Activation activation(Signed last) {
            return new Activation(
                    all.size(),
                    last.release().version(),
                    last.release().library().title(),
                    last.signers(),
                    NOW);
        }

        @Override
        public Optional<ReleaseBytes> bytes(String sha256) {
            return kept(sha256).map(Kept::bytes);
        }
    }
}
