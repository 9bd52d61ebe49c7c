package io.venule.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.Digest;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What witnesses said of an exported log is told, and can be demanded. P-12; C2SP tlog-cosignature. */
class WitnessedExportTest {
    private static final String ORIGIN = "venule.example/log";
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final int SIZE = 700;

    @TempDir
    Path folder;

    private final SigningKey logKey = key();
    private final SigningKey one = key();
    private final SigningKey two = key();
    private final SigningKey stranger = key();
    private final List<byte[]> entries = IntStream.range(0, SIZE)
            .mapToObj(i -> AuditEntry.bySystem(AuditKind.LOG_CHECK, NOW)
                    .with("entries", i)
                    .with("root", Digest.NONE)
                    .with("result", "sound")
                    .canonical())
            .toList();

    private static SigningKey key() {
        return SigningKey.generate(new SecureRandom());
    }

    @BeforeEach
    void an_exported_log() throws IOException {
        LogExport.write(folder.resolve("log"), entries.iterator(), checkpoint(SIZE));
        Files.writeString(folder.resolve("log.vkey"), new NoteKey(ORIGIN, logKey.verifyingKey()).text() + "\n");
        Files.writeString(
                folder.resolve("witnesses"),
                "# two who are trusted\n" + new WitnessKey("one.example", one.verifyingKey()).text() + "\n\n"
                        + new WitnessKey("two.example", two.verifyingKey()).text() + "\n");
    }

    private Checkpoint checkpoint(int size) {
        var edge = Frontier.EMPTY;
        for (var entry : entries.subList(0, size)) {
            edge = edge.append(Leaf.hash(entry));
        }
        return Checkpoint.sign(ORIGIN, edge.head(), logKey);
    }

    private void witnessed(Checkpoint checkpoint, Cosignature... words) throws IOException {
        Files.writeString(
                folder.resolve("log/witnessed"), checkpoint.with(List.of(words)).note());
    }

    private static Cosignature word(Checkpoint checkpoint, String name, SigningKey key) {
        return Cosignature.sign(checkpoint, name, key, NOW.plusMillis(999));
    }

    private record Told(int code, String text) {}

    private Told verify(String... more) {
        var out = new ByteArrayOutputStream();
        var words = new ArrayList<>(List.of(
                folder.resolve("log").toString(),
                "--key",
                folder.resolve("log.vkey").toString()));
        words.addAll(Arrays.asList(more));
        int code = VerifyLog.run(words.toArray(String[]::new), new PrintStream(out, true, UTF_8));
        return new Told(code, out.toString(UTF_8));
    }

    private Told verify(int need) {
        return verify("--witnesses", folder.resolve("witnesses").toString(), "--need", String.valueOf(need));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 512, 699, 700})
    void the_words_of_trusted_witnesses_count_and_those_of_others_are_told(int size) throws IOException {
        var seen = checkpoint(size);
        witnessed(seen, word(seen, "one.example", one), word(seen, "who.example", stranger));

        assertThat(verify(0).code()).isZero();
        assertThat(verify(1).text())
                .contains("the first " + size + " entries: 2 cosignatures, 1 of them by the 2 witnesses")
                .contains("one.example at 2026-11-21T08:00:00Z")
                .contains("OK: 700 entries");
        assertThat(verify(2).code()).isOne();
        assertThat(verify(2).text()).contains("1 of the witnesses named have cosigned, and 2 should have");
        assertThat(verify().code()).isZero();
    }

    @Test
    void one_witness_twice_is_one_and_a_word_on_something_else_is_none() throws IOException {
        var seen = checkpoint(600);
        var earlier = checkpoint(599);
        witnessed(
                seen,
                word(seen, "one.example", one),
                word(seen, "one.example", one),
                word(earlier, "two.example", two));

        assertThat(verify(1).code()).isZero();
        assertThat(verify(2).code()).isOne();
    }

    @Test
    void a_log_that_no_witness_saw_is_told_so_and_is_not_enough_where_one_is_demanded() {
        assertThat(verify().text()).contains("no witness has cosigned");
        assertThat(verify().code()).isZero();
        assertThat(verify(1).code()).isOne();
    }

    @Test
    void what_witnesses_saw_must_be_a_state_of_this_log() throws IOException {
        var other = Checkpoint.sign(ORIGIN, new TreeHead(500, Digest.ofText("other")), logKey);
        witnessed(other, word(other, "one.example", one));
        assertThat(verify().text()).contains("BAD: witnessed: witnesses saw another log of 500 entries");

        var longer = Checkpoint.sign(ORIGIN, new TreeHead(701, Digest.ofText("longer")), logKey);
        witnessed(longer, word(longer, "one.example", one));
        assertThat(verify().text()).contains("witnesses saw 701 entries, and there are 700");

        var forged = Checkpoint.sign(ORIGIN, checkpoint(500).head(), stranger);
        witnessed(forged, word(forged, "one.example", one));
        assertThat(verify().code()).isOne();
    }

    @Test
    void each_changed_bit_of_a_cosignature_takes_its_word_away() throws IOException {
        var seen = checkpoint(600);
        var good = word(seen, "one.example", one);
        var by = new WitnessKey("one.example", one.verifyingKey());
        var line = good.line();
        var base64 = line.substring(line.lastIndexOf(' ') + 1);
        var bytes = java.util.Base64.getDecoder().decode(base64);
        assertThat(Cosignature.find(List.of(line), seen, by)).isPresent();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            var flipped = line.replace(base64, java.util.Base64.getEncoder().encodeToString(bytes));
            assertThat(Cosignature.find(List.of(flipped), seen, by))
                    .as("bit %d", bit)
                    .isEmpty();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void a_witnesss_key_is_read_as_it_is_written_and_of_no_other_type() {
        var key = new WitnessKey("one.example/w1", one.verifyingKey());

        assertThat(WitnessKey.parse(key.text())).contains(key);
        assertThat(WitnessKey.parse(new NoteKey("one.example", one.verifyingKey()).text()))
                .isEmpty();
        assertThat(Stream.of(
                                "",
                                "a+b+c",
                                key.text() + "=",
                                key.text().replace("+", " "),
                                key.text().substring(1))
                        .map(WitnessKey::parse))
                .allMatch(java.util.Optional::isEmpty);
    }

    @Test
    void what_is_not_an_option_is_wrong_use() {
        assertThat(verify("--need", "1").code()).isEqualTo(2);
        assertThat(verify("--witnesses").code()).isEqualTo(2);
        assertThat(verify("--witnesses", folder.resolve("log.vkey").toString()).code())
                .isEqualTo(2);
        assertThat(verify("--key", "twice").code()).isEqualTo(2);
        assertThat(verify(
                                "--need",
                                "x",
                                "--witnesses",
                                folder.resolve("witnesses").toString())
                        .code())
                .isEqualTo(2);
    }
}
