package io.venule.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.audit.LogVerifier.Verdict;
import io.venule.signing.Digest;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our log in the hands of other people's tools: Go's note and tlog say what we say. Promise P-14; threat T-42. */
class GoVerifierTest {
    private static final String ORIGIN = "venule.test/log";
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);
    private static final NoteKey NOTE_KEY = new NoteKey(ORIGIN, KEY.verifyingKey());
    private static final int TREES = 10_000;

    @TempDir
    private Path folder = Path.of("");

    private GoVerifier go = GoVerifier.orSkipped();
    private Path key = folder;

    @BeforeEach
    void writes_the_verifier_key() throws IOException {
        key = Files.writeString(folder.resolve("log.vkey"), NOTE_KEY.text() + "\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 256, 257, 1000, 65_536, 66_000})
    void an_export_is_found_in_order(int size) {
        var log = export("log", size);

        var answer = go.export(log, key);

        assertThat(answer.said()).startsWith("OK: " + size + " entries");
        assertThat(answer.isYes()).isTrue();
    }

    @Test
    void one_changed_bit_in_any_file_of_an_export_is_found() throws IOException {
        var log = export("log", 600);
        var random = new Random(42);
        for (var file : files(log)) {
            var content = Files.readAllBytes(file);
            var changed = content.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, changed);

            assertThat(go.export(log, key).isYes()).as(file.toString()).isFalse();

            Files.write(file, content);
        }
        assertThat(go.export(log, key).isYes()).isTrue();
    }

    @Test
    void ten_thousand_random_trees_have_the_same_roots_and_proofs_there() throws IOException {
        var lines = IntStream.range(0, TREES).mapToObj(GoVerifierTest::tree).toList();
        var file = Files.write(folder.resolve("trees"), lines);

        assertThat(go.trees(file).said()).isEqualTo("OK: " + TREES + " trees agree");
    }

    @Test
    void a_wrong_root_or_proof_is_not_agreed_with() throws IOException {
        for (int field : new int[] {2, 4, 6, 7}) {
            var parts = tree(7).split(" ", -1);
            parts[field] =
                    parts[field].startsWith("A") ? "B" + parts[field].substring(1) : "A" + parts[field].substring(1);
            var file = Files.write(folder.resolve("trees"), List.of(tree(1), String.join(" ", parts)));

            assertThat(go.trees(file).said()).startsWith("BAD: line 2:");
        }
    }

    @Test
    void notes_are_believed_and_refused_as_they_are_there() throws IOException {
        var notes = notes();
        var file = Files.write(
                folder.resolve("notes"),
                notes.stream().map(Base64.getEncoder()::encodeToString).toList());

        var there = go.notes(file, key).said().lines().toList();

        var here = notes.stream().map(GoVerifierTest::believed).toList();
        assertThat(there).hasSameSizeAs(here);
        assertThat(here).contains("yes", "no");
        // Go passes over bits of base64 that belong to no byte; with us a signature has one text.
        var loose = IntStream.range(0, here.size())
                .filter(i -> !here.get(i).equals(there.get(i)))
                .mapToObj(notes::get)
                .toList();
        assertThat(loose).hasSize(1).allSatisfy(note -> {
            assertThat(believed(note)).isEqualTo("no");
            assertThat(signature(note)).isEqualTo(signature(notes.getFirst()));
        });
    }

    private static byte[] signature(byte[] note) {
        var text = new String(note, UTF_8).strip();
        return Base64.getDecoder().decode(text.substring(text.lastIndexOf(' ') + 1));
    }

    private static String believed(byte[] note) {
        return Checkpoint.verify(note, NOTE_KEY) instanceof Checkpoint.Verification.Verified ? "yes" : "no";
    }

    /** A checkpoint as it should be, rightly varied, and with one bit changed anywhere. */
    private static List<byte[]> notes() {
        var notes = new ArrayList<byte[]>();
        var good = Checkpoint.sign(ORIGIN, new TreeHead(77, Digest.ofText("root")), KEY)
                .note();
        var lines = good.substring(good.indexOf("\n\n") + 2);
        var witness = SignedNote.sign(
                "x\n", "witness.test/w", SigningKey.ofSeed(Digest.ofText("w").bytes()));
        var ofWitness = witness.substring(witness.indexOf("\n\n") + 2);
        var text = good.substring(0, good.indexOf("\n\n") + 1);
        List.of(
                        good,
                        good + ofWitness,
                        text + "\n" + ofWitness + lines,
                        text + "\n" + ofWitness,
                        good + lines,
                        text + "\n",
                        text,
                        text + lines,
                        good + "\n",
                        "\n" + good,
                        good + "x\n",
                        good.strip(),
                        good.replace("\n", "\r\n"),
                        good.replace("\u2014", "-"),
                        good.replace("=\n", "\n"),
                        good.replace("77", "077"),
                        "")
                .forEach(note -> notes.add(note.getBytes(UTF_8)));
        for (int at = 0; at < good.getBytes(UTF_8).length * 8; at++) {
            var changed = good.getBytes(UTF_8);
            changed[at / 8] ^= (byte) (1 << at % 8);
            notes.add(changed);
        }
        return notes;
    }

    private Path export(String name, int size) {
        var directory = folder.resolve(name);
        var entries = IntStream.range(0, size).mapToObj(GoVerifierTest::entry).toList();
        var frontier = Frontier.EMPTY;
        for (var entry : entries) {
            frontier = frontier.append(Leaf.hash(entry));
        }
        LogExport.write(directory, entries.iterator(), Checkpoint.sign(ORIGIN, frontier.head(), KEY));
        assertThat(LogVerifier.verify(
                        LogFiles.in(directory), new LogVerifier.Trusted(NOTE_KEY, Optional.empty()), (_, _) -> {}))
                .isInstanceOf(Verdict.Intact.class);
        return directory;
    }

    private static byte[] entry(int number) {
        return AuditEntry.bySystem(AuditKind.PUMP_RECORD, Instant.ofEpochMilli(1_795_000_000_000L + number * 1000L))
                .atPlace("VP-" + number % 12)
                .with("pump", "VP-" + number % 12)
                .with("epoch", "0".repeat(32))
                .with("sequence", number)
                .with("event", "ä".repeat(number % 40))
                .canonical();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (var walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    /** Seed, size, root, index, proof, earlier size, its root, proof: what the program reads on a line. */
    private static String tree(int seed) {
        var random = new Random(seed);
        int size = 1 + random.nextInt(seed % 100 == 0 ? 2000 : 60);
        int index = random.nextInt(size);
        int earlier = 1 + random.nextInt(size);
        var leaves = IntStream.range(0, size)
                .mapToObj(i -> Leaf.hash(Digest.ofText(seed + "/" + i).bytes()))
                .toList();
        var source = HashSource.ofLeaves((from, end) -> leaves.subList((int) from, (int) end));
        return String.join(
                " ",
                Integer.toString(seed),
                Integer.toString(size),
                base64(head(leaves, size).root()),
                Integer.toString(index),
                base64(InclusionProof.of(index, size, source).path()),
                Integer.toString(earlier),
                base64(head(leaves, earlier).root()),
                base64(ConsistencyProof.of(earlier, size, source).path()));
    }

    private static TreeHead head(List<Digest> leaves, int size) {
        var frontier = Frontier.EMPTY;
        for (var leaf : leaves.subList(0, size)) {
            frontier = frontier.append(leaf);
        }
        return frontier.head();
    }

    private static String base64(List<Digest> path) {
        return path.isEmpty() ? "-" : path.stream().map(GoVerifierTest::base64).collect(Collectors.joining(","));
    }

    private static String base64(Digest digest) {
        return Base64.getEncoder().encodeToString(digest.bytes());
    }
}
