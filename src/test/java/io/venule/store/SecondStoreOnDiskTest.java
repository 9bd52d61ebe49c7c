package io.venule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.audit.Checkpoint;
import io.venule.audit.TreeHead;
import io.venule.signing.Digest;
import io.venule.signing.MakeKeys;
import io.venule.signing.OrderBatch;
import io.venule.store.Steps.Fault;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the last checkpoint after a power cut or an error at each step of replacing it. Threats T-44, T-47. */
class SecondStoreOnDiskTest {
    @TempDir
    Path folder;

    private CheckpointKey key;

    @BeforeEach
    void a_key() throws IOException {
        MakeKeys.into(
                folder.resolve("keys"), InstantSource.system(), new SecureRandom(), new OrderBatch(1, List.of("icu")));
        key = BareLog.keyIn(folder.resolve("keys"));
    }

    private Checkpoint checkpoint(long size) {
        var head = new TreeHead(size, Digest.ofText("tree " + size));
        return key.sign(head, head);
    }

    /**
     * A disk as the worst one may be: what was not forced is gone after a power cut, contents and names each by themselves; a file whose
     * name was forced and whose content was not is there and empty.
     */
    private static final class ForgetfulDisk implements Disk {
        private final Map<Path, Content> files = new HashMap<>();
        private final Map<Path, Content> forcedNames = new HashMap<>();

        private static final class Content {
            private String text = "";
            private String forced = "";
        }

        void powerCut() {
            files.clear();
            files.putAll(forcedNames);
            files.values().forEach(file -> file.text = file.forced);
        }

        @Override
        public void makeFolder(Path path) {}

        @Override
        public Closeable lock(Path file) {
            return () -> {};
        }

        @Override
        public String read(Path file) throws NoSuchFileException {
            if (!files.containsKey(file)) {
                throw new NoSuchFileException(file.toString());
            }
            return files.get(file).text;
        }

        @Override
        public Draft draft(Path path) {
            var file = new Content();
            files.put(path, file);
            return new Draft() {
                @Override
                public void write(ByteBuffer content) {
                    file.text += StandardCharsets.UTF_8.decode(content);
                }

                @Override
                public void force() {
                    file.forced = file.text;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void rename(Path from, Path to) {
            files.put(to, files.remove(from));
        }

        @Override
        public void forceFolder(Path path) {
            forcedNames.clear();
            forcedNames.putAll(files);
        }
    }

    @Test
    void after_a_power_cut_at_any_step_the_old_checkpoint_is_there_or_the_new_one_and_what_was_acknowledged_is() {
        int steps = 0;
        for (int at = 1; at <= steps + 1; at++) {
            var disk = new ForgetfulDisk();
            var counting = new Steps();
            var memory = new FileCheckpointMemory(folder, key, new SteppedDisk(disk, counting));
            var before = checkpoint(10);
            var after = checkpoint(20);
            assertThat(memory.swap(Optional.empty(), before)).isTrue();
            disk.powerCut();
            assertThat(memory.last().map(Checkpoint::note)).contains(before.note());

            counting.arm(at, Fault.REFUSED);
            var done = swapped(memory, before, after);
            steps = Math.max(steps, counting.disarm().size());
            disk.powerCut();

            assertThat(memory.last().map(Checkpoint::note))
                    .as("power cut at step %d", at)
                    .isIn(done ? Optional.empty() : Optional.of(before.note()), Optional.of(after.note()));
        }
        assertThat(steps).isEqualTo(8);
    }

    @Test
    void an_error_at_any_step_leaves_the_old_checkpoint_or_the_new_one_and_the_next_try_ends_it() {
        for (var fault : new Fault[] {Fault.REFUSED, Fault.ANSWER_LOST}) {
            for (int at = 1; at <= 8; at++) {
                var counting = new Steps();
                var place = folder.resolve(fault + "-" + at);
                var memory = new FileCheckpointMemory(place, key, new SteppedDisk(new LocalDisk(), counting));
                var before = checkpoint(10);
                var after = checkpoint(20);
                assertThat(memory.swap(Optional.empty(), before)).isTrue();

                counting.arm(at, fault);
                assertThatThrownBy(() -> memory.swap(Optional.of(before), after))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining(place.toString());
                counting.disarm();

                var now = memory.last();
                assertThat(now.map(Checkpoint::note)).get().isIn(before.note(), after.note());
                assertThat(memory.swap(now, checkpoint(30))).isTrue();
            }
        }
    }

    private static boolean swapped(FileCheckpointMemory memory, Checkpoint before, Checkpoint after) {
        try {
            return memory.swap(Optional.of(before), after);
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
