package io.venule.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.Digest;
import io.venule.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is served part by part is what an export writes, byte for byte. Source: C2SP tlog-tiles. */
class LogTilesTest {
    private static final String ORIGIN = "venule.test/log";
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);
    private static final List<byte[]> LEAVES = IntStream.range(0, 256 * 256 + 300)
            .mapToObj(i -> ("entry " + i + "é".repeat(i % 7)).getBytes(UTF_8))
            .toList();
    private static final List<Digest> HASHES = LEAVES.stream().map(Leaf::hash).toList();

    private final LogTiles tiles = new LogTiles(
            (from, end, sink) -> {
                for (long at = from; at < end; at++) {
                    sink.take(at, LEAVES.get((int) at));
                }
            },
            HashSource.ofLeaves((from, end) -> HASHES.subList((int) from, (int) end)));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 511, 512, 600, 256 * 256 - 1, 256 * 256, 256 * 256 + 1, 256 * 256 + 300})
    void every_file_of_an_export_is_served_with_the_same_bytes(int size) throws IOException {
        var names = export(size);

        assertThat(names).contains("checkpoint").hasSizeGreaterThan(2);
        for (var name : names) {
            if (!name.equals("checkpoint")) {
                assertThat(tiles.read(name, size)).as(name).hasValue(Files.readAllBytes(folder.resolve(name)));
            }
        }
    }

    @Test
    void the_parts_of_every_earlier_checkpoint_stay() throws IOException {
        for (var name : export(300)) {
            if (!name.equals("checkpoint")) {
                assertThat(tiles.read(name, LEAVES.size())).as(name).hasValue(Files.readAllBytes(folder.resolve(name)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/001.p/45",
                "tile/0/002",
                "tile/1/000",
                "tile/1/000.p/2",
                "tile/2/000.p/1",
                "tile/entries/001.p/45",
                "tile/entries/001",
                "tile/entries/x000/000",
                "tile/0/000.p/256",
                "tile/0/000.p/0",
                "tile/0/000.p/01",
                "tile/00/000",
                "tile/8/000",
                "tile/63/000",
                "tile/-1/000",
                "tile/0/0",
                "tile/0/0000",
                "tile/0/x999/x999/x999/x999/999",
                "tile/0/x999/x999/x999/x999/x999/999",
                "tile/0/../checkpoint",
                "checkpoint",
                ""
            })
    void a_part_that_is_not_there_or_not_so_named_is_empty(String name) {
        assertThat(tiles.read(name, 300)).isEmpty();
    }

    @Test
    void the_last_entry_that_the_checkpoint_covers_is_there_and_the_next_is_not() {
        assertThat(tiles.read("tile/entries/001.p/43", 300)).isPresent();
        assertThat(tiles.read("tile/entries/001.p/44", 300)).isPresent();
        assertThat(tiles.read("tile/entries/001.p/45", 300)).isEmpty();
    }

    private List<String> export(int size) throws IOException {
        var head = new TreeHead(
                size,
                HashSource.range(HashSource.ofLeaves((from, end) -> HASHES.subList((int) from, (int) end)), 0, size));
        LogExport.write(folder, LEAVES.subList(0, size).iterator(), Checkpoint.sign(ORIGIN, head, KEY));
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }
}
