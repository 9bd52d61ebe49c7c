package io.venule.web;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes instants for people: 24 h with zone, the exact time beside how long ago. Source: EXPECTATIONS row 18. */
@Singleton
public class Times {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss zzz", Locale.ENGLISH);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss zzz", Locale.ENGLISH);

    private final InstantSource clock;
    private final WebSettings settings;

    Times(InstantSource clock, WebSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * One instant, written.
     *
     * @param iso for machines, in UTC
     * @param exact for people, with zone; with its day unless it is today
     * @param relative how long ago or how soon, at the time of writing
     */
    public record Shown(String iso, String exact, String relative, long millis) {}

    /** The hospital's time zone, in which times without one are read. */
    public String zone() {
        return settings.timeZone().getId();
    }

    public Shown show(Instant instant) {
        var now = clock.instant();
        var there = instant.atZone(settings.timeZone());
        var today = there.toLocalDate().equals(now.atZone(settings.timeZone()).toLocalDate());
        return new Shown(
                instant.toString(),
                (today ? TIME : DAY).format(there),
                relative(Duration.between(instant, now)),
                instant.toEpochMilli());
    }

    /** {@code just now}, {@code 12 s ago}, {@code in 40 s}, {@code 3 h ago}; rounded down. */
    static String relative(Duration ago) {
        var amount = amount(ago.abs());
        if (amount.isEmpty()) {
            return "just now";
        }
        return ago.isNegative() ? "in " + amount : amount + " ago";
    }

    private static String amount(Duration length) {
        if (length.compareTo(Duration.ofSeconds(1)) < 0) {
            return "";
        }
        if (length.compareTo(Duration.ofMinutes(2)) < 0) {
            return length.toSeconds() + Wording.NO_BREAK + "s";
        }
        if (length.compareTo(Duration.ofHours(2)) < 0) {
            return length.toMinutes() + Wording.NO_BREAK + "min";
        }
        if (length.compareTo(Duration.ofDays(2)) < 0) {
            return length.toHours() + Wording.NO_BREAK + "h";
        }
        return length.toDays() + " days";
    }
}
