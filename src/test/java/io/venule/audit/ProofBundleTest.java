package io.venule.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.audit.AuditLog.Logged;
import io.venule.signing.Digest;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries that left the log with their proofs. Source: issue "audit log", items 1 and 7; C2SP tlog-proof. */
class ProofBundleTest {
    private static final String ORIGIN = "venule.test/log";
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);
    private static final NoteKey NOTE_KEY = new NoteKey(ORIGIN, KEY.verifyingKey());
    private static final LogVerifier.Trusted TRUSTED = new LogVerifier.Trusted(NOTE_KEY, Optional.empty());
    private static final int SIZE = 300;

    private final List<AuditEntry> entries = IntStream.range(0, SIZE)
            .mapToObj(number -> AuditEntry.bySystem(
                            AuditKind.PUMP_DOUBTED, Instant.ofEpochMilli(1_795_000_000_000L + number))
                    .atPlace("LV-" + number)
                    .with("what", "quarantined")
                    .with("why", "test"))
            .toList();
    private final HashSource hashes = HashSource.ofLeaves((from, end) -> entries.subList((int) from, (int) end).stream()
            .map(AuditEntry::leafHash)
            .toList());
    private final Checkpoint checkpoint =
            Checkpoint.sign(ORIGIN, new TreeHead(SIZE, HashSource.range(hashes, 0, SIZE)), KEY);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 298, 299})
    void any_entry_of_a_bundle_holds(int index) {
        var parts = parts(bundle(List.of(index)));

        assertThat(judged(parts)).isInstanceOf(ProofBundle.Verdict.Holds.class);
        assertThat(parts).containsKeys("README.txt", "log.vkey", "checkpoint", "entries/" + index + ".json");
        assertThat(new String(parts.getOrDefault("entries/" + index + ".tlog-proof", new byte[0]), UTF_8))
                .startsWith("c2sp.org/tlog-proof@v1\nindex " + index + "\n")
                .endsWith("\n\n" + checkpoint.note());
    }

    @Test
    void the_same_entries_give_the_same_bytes() {
        assertThat(bundle(List.of(3, 5))).isEqualTo(bundle(List.of(3, 5)));
    }

    /** Threat T-48. */
    @Test
    void one_bit_changed_in_an_entry_a_proof_or_the_checkpoint_is_found() {
        var parts = parts(bundle(List.of(7, 200)));
        var random = new Random(20261121);
        var judgedParts = parts.keySet().stream()
                .filter(name -> name.equals("checkpoint") || name.startsWith("entries/"))
                .toList();
        for (int sample = 0; sample < 2_000; sample++) {
            var name = judgedParts.get(random.nextInt(judgedParts.size()));
            var content = parts.getOrDefault(name, new byte[0]).clone();
            content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            var changed = new TreeMap<>(parts);
            changed.put(name, content);

            assertThat(judged(changed))
                    .as("seed 20261121, sample " + sample + ", " + name)
                    .isInstanceOf(ProofBundle.Verdict.Broken.class);
        }
    }

    @Test
    void what_was_exchanged_taken_or_added_is_found_by_its_name() {
        var parts = parts(bundle(List.of(7, 8)));

        assertThat(with(parts, "entries/7.json", part(parts, "entries/8.json")))
                .isEqualTo(broken("entries/7.json", "is not what was signed"));
        assertThat(with(parts, "entries/7.tlog-proof", part(parts, "entries/8.tlog-proof")))
                .isEqualTo(broken("entries/7.json", "its proof is of entry 8"));
        assertThat(with(parts, "entries/9.json", part(parts, "entries/8.json")))
                .isEqualTo(broken("entries/9.json", "has no proof beside it"));
        assertThat(with(parts, "entries/9.tlog-proof", part(parts, "entries/8.tlog-proof")))
                .isEqualTo(broken("entries/9.tlog-proof", "has no entry beside it"));
        assertThat(with(parts, "../evil", new byte[0])).isEqualTo(broken("../evil", "does not belong to a bundle"));
        var twice = new ArrayList<>(parts.keySet());
        twice.add("entries/7.json");
        assertThat(ProofBundle.verify(twice, name -> Optional.ofNullable(parts.get(name)), TRUSTED))
                .isEqualTo(broken("entries/7.json", "is there twice"));
    }

    @Test
    void a_proof_under_another_checkpoint_of_the_same_log_is_found() {
        var earlier = Checkpoint.sign(ORIGIN, new TreeHead(10, HashSource.range(hashes, 0, 10)), KEY);
        var parts = parts(bundle(List.of(7)));
        var proof =
                new TlogProof(InclusionProof.of(7, 10, hashes), earlier).text().getBytes(UTF_8);

        assertThat(with(parts, "entries/7.tlog-proof", proof))
                .isEqualTo(broken("entries/7.json", "its proof is under another checkpoint"));
    }

    @Test
    void another_key_than_the_readers_signs_nothing() {
        var mallory = SigningKey.ofSeed(Digest.ofText("mallory").bytes());
        var forged = Checkpoint.sign(ORIGIN, checkpoint.head(), mallory);
        var zip = ProofBundle.write(
                List.of(new Logged(7, entries.get(7))), forged, hashes, new NoteKey(ORIGIN, mallory.verifyingKey()));

        assertThat(judged(parts(zip)))
                .isInstanceOfSatisfying(
                        ProofBundle.Verdict.Broken.class,
                        verdict -> assertThat(verdict.part()).isEqualTo("checkpoint"));
    }

    @Test
    void an_entry_beyond_the_checkpoint_has_no_proof() {
        assertThatThrownBy(() ->
                        ProofBundle.write(List.of(new Logged(SIZE, entries.getFirst())), checkpoint, hashes, NOTE_KEY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** C2SP tlog-proof: an extra line may be there, and nobody vouches for it. */
    @Test
    void a_proof_is_read_by_the_letter_of_its_format() {
        var text = new TlogProof(InclusionProof.of(7, SIZE, hashes), checkpoint).text();

        assertThat(TlogProof.parse(text.getBytes(UTF_8), NOTE_KEY)).isInstanceOf(TlogProof.Reading.Read.class);
        assertThat(TlogProof.parse(
                        text.replace("\nindex", "\nextra AAAA\nindex").getBytes(UTF_8), NOTE_KEY))
                .isInstanceOf(TlogProof.Reading.Read.class);
        for (var wrong : List.of(
                text.replace("@v1", "@v2"),
                text.replace("index 7", "index 07"),
                text.replace("index 7", "index -7"),
                text.replace("index 7", "index " + SIZE),
                text.replace("index 7\n", ""),
                text.replace("\nindex", "\nextra *\nindex"),
                text.replace("\n\n" + ORIGIN, "\n" + ORIGIN),
                text.replace("=\n\n" + ORIGIN, "\n\n" + ORIGIN),
                "")) {
            assertThat(TlogProof.parse(wrong.getBytes(UTF_8), NOTE_KEY))
                    .as(wrong)
                    .isInstanceOf(TlogProof.Reading.Refused.class);
        }
    }

    @Test
    void the_command_judges_a_bundle(@TempDir Path folder) throws IOException {
        var key = Files.writeString(folder.resolve("log.vkey"), NOTE_KEY.text() + "\n")
                .toString();
        var good = bundle(List.of(1, 2, 3));
        var zip = Files.write(folder.resolve("bundle.zip"), good);
        var noZip = Files.write(folder.resolve("no.zip"), "PK".getBytes(UTF_8));

        assertThat(command(zip.toString(), "--key", key))
                .startsWith("0 ")
                .contains("OK: 3 entries, each as signed in the log of 300");
        assertThat(command(noZip.toString(), "--key", key)).startsWith("2 ");
        assertThat(command(zip + "x", "--key", key)).startsWith("2 ").contains("No such");
    }

    private byte[] bundle(List<Integer> indices) {
        return ProofBundle.write(
                indices.stream()
                        .map(index -> new Logged(index, entries.get(index)))
                        .toList(),
                checkpoint,
                HashSource.remembering(hashes),
                NOTE_KEY);
    }

    private static ProofBundle.Verdict broken(String part, String what) {
        return new ProofBundle.Verdict.Broken(part, what);
    }

    private static byte[] part(Map<String, byte[]> parts, String name) {
        return Optional.ofNullable(parts.get(name)).orElseThrow();
    }

    private static ProofBundle.Verdict with(Map<String, byte[]> parts, String name, byte[] content) {
        var changed = new TreeMap<>(parts);
        changed.put(name, content);
        return judged(changed);
    }

    private static ProofBundle.Verdict judged(Map<String, byte[]> parts) {
        return ProofBundle.verify(parts.keySet(), name -> Optional.ofNullable(parts.get(name)), TRUSTED);
    }

    private static Map<String, byte[]> parts(byte[] zipped) {
        var parts = new TreeMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
            for (var part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                parts.put(part.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return parts;
    }

    private static String command(String... arguments) {
        var out = new ByteArrayOutputStream();
        int code = VerifyLog.run(arguments, new PrintStream(out, true, UTF_8));
        return code + " " + out.toString(UTF_8);
    }
}
