package io.venule.pump;

import java.util.Optional;

/** One channel of one pump; channels count from 1. Written {@code SERIAL/1}. */
public record ChannelId(PumpSerial pump, int channel) implements Comparable<ChannelId> {
    public static final int MAX_CHANNELS = 32;

    public ChannelId {
        if (channel < 1 || channel > MAX_CHANNELS) {
            throw new IllegalArgumentException("channel out of range: " + channel);
        }
    }

    /** Reads {@code SERIAL/1}; anything else is empty. */
    public static Optional<ChannelId> parse(String text) {
        if (!text.matches("[A-Z0-9][A-Z0-9-]{2,18}[A-Z0-9]/[1-9][0-9]?")) {
            return Optional.empty();
        }
        var slash = text.indexOf('/');
        var channel = Integer.parseInt(text.substring(slash + 1));
        return channel > MAX_CHANNELS
                ? Optional.empty()
                : Optional.of(new ChannelId(new PumpSerial(text.substring(0, slash)), channel));
    }

    @Override
    public int compareTo(ChannelId other) {
        var byPump = pump.compareTo(other.pump);
        return byPump != 0 ? byPump : Integer.compare(channel, other.channel);
    }

    @Override
    public String toString() {
        return pump + "/" + channel;
    }
}
