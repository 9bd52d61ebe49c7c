package io.venule.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.druglibrary.LibraryDiff;
import io.venule.signing.KeyFiles;
import io.venule.signing.MakeKeys;
import io.venule.signing.OrderBatch;
import io.venule.signing.OrderKeys;
import io.venule.signing.Revocations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a reviewed library to one that a server starts on, with the keys that {@code ops/make-keys} makes. Source: DESIGN, invariant 7; EXPECTATIONS rows 21 and 26. */
class PublishCommandTest {
    private static final String SHIPPED = "drug-library";
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private static final Duration LIFE = Duration.ofDays(730);

    @TempDir
    Path folder = Path.of("");

    private Path keys = Path.of("");
    private final String sha256 = release(SHIPPED).version().sha256();

    @BeforeEach
    void keys() throws IOException {
        keys = folder.resolve("keys");
        MakeKeys.into(keys, InstantSource.fixed(NOW), new SecureRandom(), new OrderBatch(1, List.of("*")));
    }

    private record Told(int exit, String text) {}

    private static Told run(Instant at, String... words) {
        var out = new ByteArrayOutputStream();
        var exit = LibraryCommand.run(words, new PrintStream(out, true, UTF_8), InstantSource.fixed(at));
        return new Told(exit, out.toString(UTF_8));
    }

    private Told sign(String library, String hash, String person, String key, String into) {
        return signAt(NOW, library, hash, person, key, into);
    }

    private Told signAt(Instant at, String library, String hash, String person, String key, String into) {
        return run(
                at,
                "sign",
                library,
                "--release",
                hash,
                "--as",
                person,
                "--key",
                keys.resolve(key).toString(),
                "--into",
                keys.resolve(into).toString());
    }

    private Told first() {
        return sign(SHIPPED, sha256, "anna", "library-1.key", "release-1.jws");
    }

    private Told second(String person, String key) {
        return sign(SHIPPED, sha256, person, key, "release-2.jws");
    }

    private Told approval(String library) {
        return run(NOW, "approval", library, keys.toString());
    }

    private static Release release(String place) {
        return release(LibraryText.readAny(Path.of(place)));
    }

    private static Release release(LibraryReading reading) {
        return switch (reading) {
            case LibraryReading.Loaded(var release) -> release;
            case LibraryReading.Refused(var faults) -> throw new AssertionError(faults);
        };
    }

    @Test
    void two_people_with_two_keys_approve_and_the_signatures_are_those_a_server_reads() {
        var kid = KeyFiles.signingKey(keys.resolve("library-1.key")).id();
        assertThat(first())
                .isEqualTo(new Told(
                        0,
                        "It says of itself: example, not for clinical use. A server needs the signature of another person with another key, too.\n"
                                + "SIGNED: release 1, " + sha256 + ", by anna with key " + kid + ".\n"));
        assertThat(second("ben", "library-2.key").exit()).isZero();

        assertThat(approval(SHIPPED))
                .isEqualTo(new Told(
                        0,
                        "In training only: clinical mode does not start on a library whose use is \"example, not for clinical use\".\n"
                                + "A server can start on it until 2028-11-21T20:00:00Z; before then its keys are renewed with ops/make-keys.\n"
                                + "APPROVED: release 1, " + sha256 + ", by anna and ben.\n"));
        assertThat(ReleaseSignatures.check(
                        release(SHIPPED),
                        ReleaseFiles.signatures(keys).orElseThrow(),
                        ReleaseFiles.ring(keys, Revocations.NONE),
                        NOW))
                .isInstanceOf(ReleaseSignatures.Verdict.Approved.class);
    }

    @Test
    void what_was_changed_after_the_review_is_not_signed() {
        var changed = folder.resolve("changed").toString();
        assertThat(run(NOW, "again", SHIPPED, changed, "--counter", "2").exit()).isZero();

        var told = sign(changed, sha256, "anna", "library-1.key", "release-1.jws");

        assertThat(told.exit()).isOne();
        assertThat(told.text())
                .startsWith("Not signed: this library is release 2, ")
                .contains("and you name " + sha256 + ". Compare it again before you sign.");
        assertThat(keys.resolve("release-1.jws")).doesNotExist();
    }

    @Test
    void one_signature_or_one_person_or_one_key_approves_nothing() {
        assertThat(first().exit()).isZero();
        assertRefused(approval(SHIPPED), "both of release-1.jws and release-2.jws must lie in");

        assertThat(second("anna", "library-2.key").exit()).isZero();
        assertRefused(approval(SHIPPED), "two different people must sign; 1 did");

        delete("release-2.jws");
        assertThat(second("ben", "library-1.key").exit()).isZero();
        assertRefused(approval(SHIPPED), "two different keys must sign; 1 did");
    }

    private static void assertRefused(Told told, String reason) {
        assertThat(told.exit()).isOne();
        assertThat(told.text()).startsWith("NOT APPROVED: release 1, ").contains("  - " + reason);
    }

    @Test
    void signatures_of_another_release_approve_nothing() {
        assertThat(first().exit()).isZero();
        assertThat(second("ben", "library-2.key").exit()).isZero();
        var changed = folder.resolve("changed").toString();
        assertThat(run(NOW, "again", SHIPPED, changed, "--counter", "2").exit()).isZero();

        var told = approval(changed);

        assertThat(told.exit()).isOne();
        assertThat(told.text()).contains("signed another release");
    }

    @Test
    void a_revoked_key_approves_nothing() throws IOException {
        assertThat(first().exit()).isZero();
        assertThat(second("ben", "library-2.key").exit()).isZero();
        var two = KeyFiles.signingKey(keys.resolve("library-2.key")).id();
        var list = Revocations.NONE.with(List.of(two), NOW).signedBy(KeyFiles.signingKey(keys.resolve("root.key")));
        Files.writeString(keys.resolve(OrderKeys.FOLDER).resolve(OrderKeys.REVOKED), list);

        assertRefused(approval(SHIPPED), "key " + two + " is revoked");
    }

    @ParameterizedTest(name = "{0} ms after the key''s end: exit {1}")
    @CsvSource({"-1, 0", "0, 0", "1, 1"})
    void a_key_signs_until_its_end_and_no_longer(long late, int exit) {
        var told = signAt(NOW.plus(LIFE).plusMillis(late), SHIPPED, sha256, "anna", "library-1.key", "release-1.jws");

        assertThat(told.exit()).isEqualTo(exit);
        assertThat(Files.exists(keys.resolve("release-1.jws"))).isEqualTo(exit == 0);
        assertThat(told.text()).startsWith(exit == 0 ? "It says" : "Not signed: no server and no pump would believe");
    }

    @Test
    void a_key_of_another_kind_or_another_root_signs_nothing() throws IOException {
        var checkpoint = sign(SHIPPED, sha256, "anna", "checkpoint.key", "release-1.jws");
        assertThat(checkpoint.exit()).isOne();
        assertThat(checkpoint.text()).contains("is for CHECKPOINT");

        var other = folder.resolve("other");
        MakeKeys.into(other, InstantSource.fixed(NOW), new SecureRandom(), new OrderBatch(1, List.of("*")));
        Files.copy(other.resolve("root.pub"), keys.resolve("root.pub"), StandardCopyOption.REPLACE_EXISTING);
        var foreign = first();
        assertThat(foreign.exit()).isEqualTo(2);
        assertThat(foreign.text()).startsWith("a key certificate is not the root's word");
        assertThat(keys.resolve("release-1.jws")).doesNotExist();
    }

    @Test
    void a_signature_that_lies_there_stays() throws IOException {
        assertThat(first().exit()).isZero();
        var before = Files.readString(keys.resolve("release-1.jws"));

        var again = sign(SHIPPED, sha256, "eve", "library-2.key", "release-1.jws");

        assertThat(again.exit()).isOne();
        assertThat(again.text()).contains("exists and is not overwritten");
        assertThat(keys.resolve("release-1.jws")).hasContent(before);
    }

    /** What is downloaded of a kept release becomes the next one, and permits what it permitted. */
    @Test
    void an_earlier_release_is_published_again_under_a_higher_counter() throws IOException {
        var kept = folder.resolve("kept.json");
        Files.write(kept, release(SHIPPED).canonicalBytes());
        var next = folder.resolve("next");

        var told = run(NOW, "again", kept.toString(), next.toString(), "--counter", "9");

        var written = release(next.toString());
        assertThat(told)
                .isEqualTo(new Told(
                        0,
                        "WRITTEN: release 9, " + written.version().sha256()
                                + ", which permits and means what release 1, " + sha256
                                + " does. Two people sign it as any other.\n"));
        assertThat(written.version().counter()).isEqualTo(9);
        assertThat(LibraryDiff.between(release(SHIPPED).library(), written.library())
                        .isEmpty())
                .isTrue();
        assertThat(text(written).replace("\"counter\":9", "\"counter\":1")).isEqualTo(text(release(SHIPPED)));
        var compared = run(NOW, "compare", kept.toString(), next.toString());
        assertThat(compared.exit()).isZero();
        assertThat(compared.text()).endsWith("OK: nothing is permitted or meant otherwise than before.\n");
    }

    @Test
    void a_release_is_written_as_its_exact_bytes_and_reads_as_itself() throws IOException {
        var file = folder.resolve("draft.json");

        var told = run(NOW, "release", SHIPPED, "--into", file.toString());

        assertThat(told)
                .isEqualTo(new Told(0, "WRITTEN: release 1, " + sha256 + ", its exact bytes, into " + file + ".\n"));
        assertThat(Files.readAllBytes(file)).isEqualTo(release(SHIPPED).canonicalBytes());
        assertThat(release(file.toString()).version().sha256()).isEqualTo(sha256);
        assertThat(run(NOW, "release", file.toString(), "--into", file + "2", "--json")
                        .text())
                .contains("\"sha256\":\"" + sha256 + "\"");
    }

    @Test
    void a_file_that_lies_there_is_not_written_over_by_a_release() throws IOException {
        var file = folder.resolve("draft.json");
        Files.writeString(file, "mine");

        var told = run(NOW, "release", SHIPPED, "--into", file.toString());

        assertThat(told).isEqualTo(new Told(1, "Not written: " + file + " exists and is not overwritten.\n"));
        assertThat(file).hasContent("mine");
    }

    @Test
    void a_release_that_cannot_be_written_or_has_a_fault_leaves_nothing() {
        var nowhere = folder.resolve("no-such-folder").resolve("draft.json");
        var file = folder.resolve("draft.json");

        assertThat(run(NOW, "release", SHIPPED, "--into", nowhere.toString()))
                .isEqualTo(new Told(2, "The file cannot be written: " + nowhere + "\n"));
        assertThat(run(NOW, "release", SHIPPED + "/library.json", "--into", file.toString())
                        .exit())
                .isOne();
        assertThat(file).doesNotExist();
    }

    private static String text(Release release) {
        return new String(release.canonicalBytes(), UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "-1", "1.5", "02", "two", "1000000000", ""})
    void a_counter_that_does_not_rise_writes_nothing(String counter) {
        var next = folder.resolve("next");

        var told = run(NOW, "again", SHIPPED, next.toString(), "--counter", counter);

        assertThat(told.exit()).isOne();
        assertThat(told.text())
                .isEqualTo(
                        "Not written: the counter must be a whole number above 1, and above that of the active release.\n");
        assertThat(next).doesNotExist();
    }

    @Test
    void a_folder_that_is_there_stays_as_it_is() {
        var told = run(NOW, "again", SHIPPED, keys.toString(), "--counter", "2");

        assertThat(told.exit()).isOne();
        assertThat(told.text()).contains("exists and is not overwritten");
        assertThat(keys.resolve("library.json")).doesNotExist();
    }

    @Test
    void a_file_that_is_no_release_is_told_its_fault() {
        var told = run(NOW, "check", SHIPPED + "/library.json");

        assertThat(told.exit()).isOne();
        assertThat(told.text()).contains("BAD: 1 fault");
    }

    @Test
    void machines_read_the_same() {
        assertThat(first().exit()).isZero();
        var told = run(NOW, "approval", SHIPPED, keys.toString(), "--json");

        assertThat(told.exit()).isOne();
        assertThat(told.text())
                .startsWith("{\"reasons\":[\"both of release-1.jws and release-2.jws must lie in ")
                .contains("\"refused\":\"NOT APPROVED: release 1, " + sha256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sign drug-library",
                "sign drug-library --release a --as b --key c.key",
                "sign drug-library --release a --as b --key c.key --key d.key",
                "sign drug-library --release a --as b --key c.key --into d --into e",
                "sign --release drug-library --as b --key c.key --into d",
                "release drug-library",
                "release drug-library --from a",
                "release nowhere --into a",
                "approval drug-library",
                "approval drug-library nowhere",
                "again drug-library",
                "again drug-library next --count 2",
                "again nowhere next --counter 2"
            })
    void wrong_use_and_what_cannot_be_read_exit_2(String words) {
        assertThat(run(NOW, words.split(" ", -1)).exit()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"library-1.jws", "nowhere.key", "root.pub"})
    void a_key_that_is_none_exits_2_and_is_named(String key) {
        var told = sign(SHIPPED, sha256, "anna", key, "release-1.jws");

        assertThat(told.exit()).isEqualTo(2);
        assertThat(told.text()).contains(key).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void nobody_signs_nothing(String person) {
        assertThat(sign(SHIPPED, sha256, person, "library-1.key", "release-1.jws")
                        .exit())
                .isEqualTo(2);
        assertThat(keys.resolve("release-1.jws")).doesNotExist();
    }

    private void delete(String name) {
        assertThat(keys.resolve(name).toFile().delete()).isTrue();
    }
}
