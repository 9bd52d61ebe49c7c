package io.venule.pump;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

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

    /** A pump of which nothing was ever heard: since when it was tried, and why the last try came to nothing. */
    public record Missed(PumpSerial pump, Instant since, String why) {}

    private final NavigableMap<ChannelId, Heard> heard = new ConcurrentSkipListMap<>();
    private final Map<PumpSerial, Missed> missed = new ConcurrentHashMap<>();
    private final List<Consumer<ChannelId>> followers = new CopyOnWriteArrayList<>();

    /** The pump reported. */
    public void report(ChannelStatus status) {
        hear(new Heard.Live(status));
    }

    /** Another server heard this of a pump of its own. */
    public void hear(Heard report) {
        heard.put(report.status().channel(), report);
        missed.remove(report.status().channel().pump());
        tell(report.status().channel());
    }

    /** Another server never heard a pump of its own. */
    public void miss(Missed pump) {
        if (channelsOf(pump.pump()).findAny().isEmpty()) {
            missed.put(pump.pump(), pump);
        }
    }

    /** The session with the pump broke, or could not be opened again: lost since the first time, for the latest reason. */
    public void lose(PumpSerial pump, Instant since, String why) {
        var channels = channelsOf(pump).toList();
        channels.forEach(channel -> heard.computeIfPresent(channel, (_, last) -> lost(last, since, why)));
        channels.forEach(this::tell);
        if (channels.isEmpty()) {
            missed.merge(pump, new Missed(pump, since, why), (first, _) -> new Missed(pump, first.since(), why));
        }
    }

    /** Its channels stand next to each other. */
    private Stream<ChannelId> channelsOf(PumpSerial pump) {
        return heard.tailMap(new ChannelId(pump, 1), true).keySet().stream()
                .takeWhile(channel -> channel.pump().equals(pump));
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

    /** Why nothing was ever heard of the pump; empty where something was, or nobody tried yet. */
    public Optional<Missed> missed(PumpSerial pump) {
        return Optional.ofNullable(missed.get(pump));
    }

    public List<Missed> allMissed() {
        return List.copyOf(missed.values());
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
