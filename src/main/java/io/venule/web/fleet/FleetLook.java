package io.venule.web.fleet;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Every channel of the inventory as of one moment. One look serves all who watch the board, however many they are. */
public final class FleetLook {
    /** Rows of one page: more than a ward has, and what a person reads before they filter instead. */
    static final int PAGE = 100;

    private final List<ChannelView> channels;
    private final Counts counts;
    private final Instant at;
    private final Map<BoardOrder, List<Placed>> sorted = new ConcurrentHashMap<>();

    FleetLook(List<ChannelView> channels, Instant at) {
        this.channels = List.copyOf(channels);
        this.counts = new Counts(
                channels.size(),
                count(view -> !view.priority().isEmpty()),
                count(ChannelView::isAway),
                count(view -> view.state().equals("RUNNING")));
        this.at = at;
    }

    /** The whole fleet in four numbers, whatever the filter; live, because a board that counts no alarm beside one that it shows misleads. */
    public record Counts(int all, int urgent, int lost, int running) {}

    /**
     * What is wanted of the board.
     *
     * @param text what the row has in it, in small letters; empty for all
     * @param from rows before the first that is shown
     */
    record Wanted(BoardState state, String text, BoardOrder order, int from) {}

    /** A channel and what it is put in order by. */
    record Placed(String order, ChannelView channel) {}

    /** The rows that are shown, of all that fit. */
    record Window(List<Placed> rows, int total, int from) {}

    List<ChannelView> channels() {
        return channels;
    }

    Counts counts() {
        return counts;
    }

    Instant at() {
        return at;
    }

    Window window(Wanted wanted) {
        var fitting = sorted(wanted.order()).stream()
                .filter(placed -> wanted.state().takes(placed.channel()))
                .filter(placed -> placed.channel().has(wanted.text()))
                .toList();
        var last = Math.max(0, fitting.size() - 1) / PAGE * PAGE;
        var from = Math.clamp(wanted.from(), 0, last);
        return new Window(fitting.subList(from, Math.min(fitting.size(), from + PAGE)), fitting.size(), from);
    }

    private List<Placed> sorted(BoardOrder order) {
        return sorted.computeIfAbsent(
                order,
                by -> channels.stream()
                        .map(view -> new Placed(by.key(view), view))
                        .sorted(Comparator.comparing(Placed::order))
                        .toList());
    }

    private int count(Predicate<ChannelView> wanted) {
        return (int) channels.stream().filter(wanted).count();
    }
}
