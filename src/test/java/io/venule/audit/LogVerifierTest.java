package io.venule.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.audit.LogVerifier.Verdict;
import io.venule.signing.NoteKey;
import io.venule.signing.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Source: issue "main job", item 9; C2SP tlog-tiles; threat T-48. */
class LogVerifierTest {
    private static final String ORIGIN = "venule.test/log";
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);
    private static final NoteKey NOTE_KEY = new NoteKey(ORIGIN, KEY.verifyingKey());
    private static final int SIZE = 3 * 256 + 44;

    @TempDir
    private static Path folder;

    private static Map<String, byte[]> log = Map.of();

    @BeforeAll
    static void exports_a_log() {
        log = export(folder.resolve("log"), SIZE);
    }

    @Test
    void an_untouched_log_is_intact() {
        assertThat(verify(log)).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void the_files_are_those_that_tiled_logs_have() {
        assertThat(log.keySet())
                .containsExactlyInAnyOrder(
                        "checkpoint",
                        "tile/0/000",
                        "tile/0/001",
                        "tile/0/002",
                        "tile/0/003.p/44",
                        "tile/1/000.p/3",
                        "tile/entries/000",
                        "tile/entries/001",
                        "tile/entries/002",
                        "tile/entries/003.p/44");
    }

    @Test
    void tile_numbers_are_written_in_groups_of_three() {
        assertThat(TilePath.tile(1, 1234067, 256)).isEqualTo("tile/1/x001/x234/067");
        assertThat(TilePath.entries(70000, 112)).isEqualTo("tile/entries/x070/000.p/112");
        assertThat(TilePath.tile(0, 999, 256)).isEqualTo("tile/0/999");
        assertThat(TilePath.tile(0, 1000, 255)).isEqualTo("tile/0/x001/000.p/255");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 256, 257, 511, 512, 513})
    void logs_of_any_size_are_written_and_verified(int size) {
        assertThat(verify(export(folder.resolve("size-" + size), size)))
                .isInstanceOfSatisfying(
                        Verdict.Intact.class,
                        intact -> assertThat(intact.checkpoint().head().size()).isEqualTo(size));
    }

    @Test
    void a_log_with_two_levels_of_full_tiles_is_written_and_verified() {
        var written = new TreeMap<String, Integer>();
        var tree = new TileTree(
                (level, index, tile) -> written.put(TilePath.tile(level, index, tile.size()), tile.size()));
        var frontier = Frontier.EMPTY;
        for (int i = 0; i < 70_000; i++) {
            var hash = Leaf.hash(("entry " + i).getBytes(UTF_8));
            tree.add(hash.bytes());
            frontier = frontier.append(hash);
        }
        tree.finish();

        assertThat(tree.head()).isEqualTo(frontier.head());
        assertThat(written).hasSize(273 + 1 + 1 + 1 + 1);
        assertThat(written)
                .containsKeys("tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1");
    }

    @TestFactory
    Stream<DynamicTest> one_changed_byte_anywhere_is_found_and_the_first_bad_place_named() {
        var names = List.copyOf(log.keySet());
        return IntStream.range(0, 500)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    var random = new Random(seed);
                    var name = names.get(random.nextInt(names.size()));
                    int at = random.nextInt(content(name).length);
                    var changed = changed(name, at, (byte) (1 + random.nextInt(255)));

                    var verdict = verify(changed);

                    switch (verdict) {
                        case Verdict.Intact _ -> throw new AssertionError("not found: " + name + " byte " + at);
                        case Verdict.BadRange range -> throw new AssertionError("not located: " + range);
                        case Verdict.BadCheckpoint _ -> assertThat(name).isEqualTo("checkpoint");
                        case Verdict.BadTile tile -> assertThat(tile.file()).isEqualTo(name);
                        case Verdict.BadEntry entry -> assertThat(entry.index()).isEqualTo(entryAt(name, at));
                    }
                }));
    }

    /** Threat T-48. */
    @Test
    void ten_thousand_random_bit_flips_in_entries_tiles_and_checkpoint_are_all_found() {
        var small = export(folder.resolve("small"), 270);
        var names = List.copyOf(small.keySet());
        var random = new Random(10_000);
        for (int trial = 0; trial < 10_000; trial++) {
            var name = names.get(random.nextInt(names.size()));
            var content = Optional.ofNullable(small.get(name)).orElseThrow();
            var flipped = content.clone();
            int bit = random.nextInt(flipped.length * 8);
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            var files = new TreeMap<>(small);
            files.put(name, flipped);

            assertThat(verify(files))
                    .as("trial %d: %s bit %d", trial, name, bit)
                    .isNotInstanceOf(Verdict.Intact.class);
        }
        assertThat(verify(small)).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void an_entry_changed_together_with_its_hash_is_placed_by_the_tile_above() {
        var changed = changed("tile/entries/001", 60, (byte) 1);
        var bundle = EntryBundle.read(changed.getOrDefault("tile/entries/001", new byte[0]), 256);
        var tile = content("tile/0/001").clone();
        System.arraycopy(TreeHashing.leaf(bundle.entries().getFirst()), 0, tile, 0, 32);
        changed.put("tile/0/001", tile);

        assertThat(verify(changed)).isInstanceOfSatisfying(Verdict.BadRange.class, range -> {
            assertThat(range.from()).isEqualTo(256);
            assertThat(range.end()).isEqualTo(512);
        });
    }

    @Test
    void a_log_rewritten_from_the_root_down_is_not_the_one_that_was_signed() {
        var entries = entries(SIZE);
        entries.set(5, entry(-5));
        var rewritten = read(write(folder.resolve("rewritten"), entries, head(entries)));
        rewritten.put("checkpoint", content("checkpoint"));

        assertThat(verify(rewritten))
                .isEqualTo(new Verdict.BadRange(0, SIZE, "the whole tree is another one than was signed"));
    }

    @Test
    void a_missing_file_is_named() {
        for (var name : log.keySet()) {
            var without = new TreeMap<>(log);
            without.remove(name);

            switch (verify(without)) {
                case Verdict.Intact _ -> throw new AssertionError("not found: " + name);
                case Verdict.BadRange range -> throw new AssertionError("not located: " + range);
                case Verdict.BadCheckpoint _ -> assertThat(name).isEqualTo("checkpoint");
                case Verdict.BadTile tile -> assertThat(tile.file()).isEqualTo(name);
                case Verdict.BadEntry entry -> assertThat(entry.what()).contains(name);
            }
        }
    }

    @Test
    void bytes_added_or_cut_off_at_the_end_of_a_file_are_found() {
        for (var name : log.keySet()) {
            int length = content(name).length;
            for (int other : new int[] {length - 1, length + 1, length + 32}) {
                var files = new TreeMap<>(log);
                files.put(name, Arrays.copyOf(content(name), other));

                assertThat(verify(files)).as("%s of %d bytes", name, other).isNotInstanceOf(Verdict.Intact.class);
            }
        }
    }

    @Test
    void swapped_entries_are_found_at_the_first_of_them() {
        var entries = entries(SIZE);
        var first = entries.get(300);
        entries.set(300, entries.get(301));
        entries.set(301, first);
        var swapped = read(write(folder.resolve("swapped"), entries, head(entries(SIZE))));
        var mixed = new TreeMap<>(log);
        mixed.put("tile/entries/001", swapped.getOrDefault("tile/entries/001", new byte[0]));

        assertThat(verify(mixed))
                .isInstanceOfSatisfying(
                        Verdict.BadEntry.class, bad -> assertThat(bad.index()).isEqualTo(300));
    }

    @Test
    void an_entry_changed_in_the_store_is_exported_as_it_is_and_named() {
        var entries = entries(SIZE);
        var stored = new ArrayList<LogExport.StoredEntry>();
        for (int i = 0; i < SIZE; i++) {
            var bytes = i == 400 ? entry(-400) : entries.get(i);
            stored.add(new LogExport.StoredEntry(new LogExport.EntryBytes(bytes), Leaf.hash(entries.get(i))));
        }
        var directory = folder.resolve("tampered-store");

        LogExport.writeStored(directory, stored.iterator(), Checkpoint.sign(ORIGIN, head(entries), KEY));

        assertThat(verify(read(directory)))
                .isInstanceOfSatisfying(
                        Verdict.BadEntry.class, bad -> assertThat(bad.index()).isEqualTo(400));
    }

    @Test
    void an_entry_that_follows_no_schema_is_named_though_it_was_signed() {
        var entries = entries(300);
        entries.set(270, "{\"ver\":9}".getBytes(UTF_8));
        var directory = write(folder.resolve("unknown"), entries, head(entries));

        assertThat(verify(read(directory))).isInstanceOfSatisfying(Verdict.BadEntry.class, bad -> {
            assertThat(bad.index()).isEqualTo(270);
            assertThat(bad.what()).contains("schema");
        });
    }

    @Test
    void an_export_does_not_mix_with_another() {
        assertThatThrownBy(() -> write(folder.resolve("log"), entries(1), head(entries(1))))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void the_command_says_yes_no_or_how_it_is_used() throws IOException {
        var key = Files.writeString(folder.resolve("log.vkey"), NOTE_KEY.text() + "\n");
        var good = folder.resolve("log").toString();
        var bad = write(folder.resolve("bad"), entries(300), head(entries(300)));
        var bundle = bad.resolve("tile/entries/000");
        var bytes = Files.readAllBytes(bundle);
        bytes[bytes.length - 1] ^= 1;
        Files.write(bundle, bytes);

        assertThat(command(good, "--key", key.toString())).startsWith("0 ").contains("OK: " + SIZE + " entries");
        assertThat(command(bad.toString(), "--key", key.toString()))
                .startsWith("1 ")
                .contains("first bad entry is 255");
        assertThat(command(good)).startsWith("2 ").contains("usage");
        assertThat(command(good, "--key", bundle.toString())).startsWith("2 ");
        assertThat(command(good + "x", "--key", key.toString())).startsWith("2 ");
    }

    private static String command(String... arguments) {
        var out = new ByteArrayOutputStream();
        int code = VerifyLog.run(arguments, new PrintStream(out, true, UTF_8));
        return code + " " + out.toString(UTF_8);
    }

    private static Verdict verify(Map<String, byte[]> files) {
        return LogVerifier.verify(
                name -> Optional.ofNullable(files.get(name)),
                new LogVerifier.Trusted(NOTE_KEY, Optional.empty()),
                (_, _) -> {});
    }

    private static Map<String, byte[]> changed(String name, int at, byte by) {
        var files = new TreeMap<>(log);
        var content = content(name).clone();
        content[at] ^= by;
        files.put(name, content);
        return files;
    }

    /** The entry whose length or bytes lie at this place of the bundle. */
    private static long entryAt(String bundle, int at) {
        assertThat(bundle).startsWith("tile/entries/");
        long index = Long.parseLong(bundle.substring(13, 16)) * 256;
        int end = 0;
        for (var entry : EntryBundle.read(content(bundle), 256).entries()) {
            end += 2 + entry.length;
            if (at < end) {
                return index;
            }
            index++;
        }
        throw new AssertionError("beyond the bundle");
    }

    private static byte[] content(String name) {
        return Optional.ofNullable(log.get(name)).orElseThrow();
    }

    private static Map<String, byte[]> export(Path directory, int size) {
        var entries = entries(size);
        return read(write(directory, entries, head(entries)));
    }

    private static Path write(Path directory, List<byte[]> entries, TreeHead head) {
        LogExport.write(directory, entries.iterator(), Checkpoint.sign(ORIGIN, head, KEY));
        return directory;
    }

    private static TreeHead head(List<byte[]> entries) {
        var frontier = Frontier.EMPTY;
        for (var entry : entries) {
            frontier = frontier.append(Leaf.hash(entry));
        }
        return frontier.head();
    }

    private static List<byte[]> entries(int count) {
        var entries = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(i));
        }
        return entries;
    }

    private static byte[] entry(int number) {
        return AuditEntry.bySystem(AuditKind.PUMP_RECORD, Instant.ofEpochMilli(1_795_000_000_000L + number * 1000L))
                .atPlace("VP-" + Math.floorMod(number, 12))
                .with("pump", "VP-" + Math.floorMod(number, 12))
                .with("epoch", "0".repeat(32))
                .with("sequence", number)
                .with("event", "x".repeat(Math.floorMod(number, 40)))
                .canonical();
    }

    private static Map<String, byte[]> read(Path directory) {
        var files = new TreeMap<String, byte[]>();
        try (var walk = Files.walk(directory)) {
            for (var file : walk.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
