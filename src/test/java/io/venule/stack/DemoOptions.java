package io.venule.stack;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * How {@code ops/demo} was called.
 *
 * @param check do the whole main job and end, instead of staying
 * @param data the folder that keeps the state; empty for a run that leaves nothing
 * @param pumps how many pumps, the last one a rack of four
 * @param port where the application listens
 * @param speed how many times faster than real time fluid flows in the pumps
 */
record DemoOptions(boolean check, Optional<Path> data, int pumps, int port, int speed) {
    static final String USAGE = "usage: ops/demo [--check] [--data DIR] [--pumps N] [--port N] [--speed N]";

    private static final int MAX_PUMPS = 200;
    /** Eleven single pumps and one rack of four: twelve pumps whether a rack counts as one or its channels do, and eight of them single. */
    private static final int PUMPS = 12;

    private static final int PORT = 8080;
    /** An hour at the bedside in half a minute of checking. */
    private static final int CHECK_SPEED = 120;

    private static final int MAX_SPEED = 3_600;

    /** The options, or empty where they make no sense. */
    static Optional<DemoOptions> parse(List<String> arguments) {
        var left = new ArrayDeque<>(arguments);
        var check = left.remove("--check");
        var data = Optional.<Path>empty();
        var pumps = Optional.of(PUMPS);
        var port = Optional.of(check ? FreePort.find() : FreePort.isFree(PORT) ? PORT : FreePort.find());
        var speed = Optional.of(check ? CHECK_SPEED : 1);
        while (left.size() >= 2) {
            var name = left.pop();
            var value = left.pop();
            switch (name) {
                case "--data" -> data = Optional.of(Path.of(value));
                case "--pumps" -> pumps = whole(value, MAX_PUMPS);
                case "--port" -> port = whole(value, 65_535);
                case "--speed" -> speed = whole(value, MAX_SPEED);
                default -> {
                    return Optional.empty();
                }
            }
        }
        if (!left.isEmpty() || pumps.isEmpty() || port.isEmpty() || speed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DemoOptions(check, data, pumps.get(), port.get(), speed.get()));
    }

    private static Optional<Integer> whole(String text, int most) {
        return text.matches("[1-9][0-9]{0,5}") && Integer.parseInt(text) <= most
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty();
    }
}
