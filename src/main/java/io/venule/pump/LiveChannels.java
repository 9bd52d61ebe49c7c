package io.venule.pump;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What was last heard of each channel, by this server or by the one that has the pump, for boards and for pairing. Holds reports and losses, never guesses: a lost pump keeps
 * its last report, marked as lost since when.
 */
public final class LiveChannels {
    /** One channel as last heard. */
    public sealed interface Heard {
        ChannelStatus status();

        record Live(ChannelStatus status) implements Heard {}

        record Lost(ChannelStatus status, Instant since, String why) implements Heard {}
    }

    private final Map<ChannelId, Heard> heard = new ConcurrentSkipListMap<>();
    private final List<Consumer<ChannelId>> followers = new CopyOnWriteArrayList<>();

    /** The pump reported. */
    public void report(ChannelStatus status) {
        heard.put(status.channel(), new Heard.Live(status));
        tell(status.channel());
    }

    /** Another server heard this of a pump of its own. */
    public void hear(Heard report) {
        heard.put(report.status().channel(), report);
        tell(report.status().channel());
    }

    /** The session with the pump broke, or could not be opened again: lost since the first time, for the latest reason. */
    public void lose(PumpSerial pump, Instant since, String why) {
        heard.replaceAll((channel, last) -> channel.pump().equals(pump) ? lost(last, since, why) : last);
        heard.keySet().stream().filter(channel -> channel.pump().equals(pump)).forEach(this::tell);
    }

    private static Heard.Lost lost(Heard last, Instant since, String why) {
        return switch (last) {
            case Heard.Live(var status) -> new Heard.Lost(status, since, why);
            case Heard.Lost(var status, var first, var before) -> new Heard.Lost(status, first, why);
        };
    }

    public Optional<Heard> of(ChannelId channel) {
        return Optional.ofNullable(heard.get(channel));
    }

    /** The channel that last said it works on this order, lost or not. */
    public Optional<ChannelId> workingOn(String order) {
        return heard.values().stream()
                .map(Heard::status)
                .filter(status -> status.orderId().equals(order))
                .map(ChannelStatus::channel)
                .findFirst();
    }

    public List<Heard> all() {
        return List.copyOf(heard.values());
    }

    /** Calls {@code follower} after each change, on the reporting thread; it must only hand over. */
    public AutoCloseable follow(Consumer<ChannelId> follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    private void tell(ChannelId channel) {
        followers.forEach(follower -> follower.accept(channel));
    }
}
