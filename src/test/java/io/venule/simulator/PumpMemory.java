package io.venule.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a pump keeps when its power fails: lists of lines by name. */
interface PumpMemory {
    /** All lines of a list, oldest first; none when there is no such list. */
    List<String> lines(String name);

    void append(String name, String line);

    /** Puts these lines in place of the list, all or nothing. */
    void replace(String name, List<String> lines);

    static PumpMemory inRam() {
        return new Ram(new HashMap<>());
    }

    /** Keeps each list as a file in this folder, which is made if need be. */
    static PumpMemory inFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Folder(folder);
    }

    /** Outlives a pump object, not the process. */
    record Ram(Map<String, List<String>> lists) implements PumpMemory {
        @Override
        public synchronized List<String> lines(String name) {
            return List.copyOf(lists.getOrDefault(name, List.of()));
        }

        @Override
        public synchronized void append(String name, String line) {
            lists.computeIfAbsent(name, key -> new ArrayList<>()).add(line);
        }

        @Override
        public synchronized void replace(String name, List<String> lines) {
            lists.put(name, new ArrayList<>(lines));
        }
    }

    /** One file per list; a line torn by a crash is left out when read. */
    record Folder(Path path) implements PumpMemory {
        @Override
        public List<String> lines(String name) {
            var file = path.resolve(name);
            try {
                if (!Files.exists(file)) {
                    return List.of();
                }
                var text = Files.readString(file);
                return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void append(String name, String line) {
            try {
                Files.writeString(
                        path.resolve(name),
                        line + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void replace(String name, List<String> lines) {
            try {
                var next = path.resolve(name + ".next");
                Files.write(next, lines, StandardCharsets.UTF_8);
                Files.move(
                        next, path.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
