package io.venule.store;

import io.quarkus.logging.Log;
import io.venule.order.RecordUnavailable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the audit log holds, and whether it is being signed. Once a fault was found nothing more is appended or signed by this process,
 * because an order that cannot be audited is not sent; only a person who looked into it and a new start end that. While no checkpoint can be
 * made no new order is taken, but what pumps report is still recorded: nobody is kept from stopping a pump or writing that down. Threat T-46.
 */
@Singleton
final class LogSoundness {
    /** Without a new checkpoint for so long, new orders are refused; the promise is one within a second. */
    static final Duration UNSIGNED_LIMIT = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Uptime uptime;
    private final AtomicReference<String> fault = new AtomicReference<>("");
    private final AtomicReference<Delay> delay = new AtomicReference<>(Delay.NONE);

    LogSoundness(InstantSource clock, Uptime uptime) {
        this.clock = clock;
        this.uptime = uptime;
    }

    /** Since when no checkpoint can be made, by the clock for whoever reads it and by uptime for the limit, and why. */
    private record Delay(Instant since, Duration began, String why) {
        static final Delay NONE = new Delay(Instant.MAX, Duration.ZERO, "");

        Delay because(String now) {
            return new Delay(since, began, now);
        }

        boolean isOver(Duration limit, Duration uptime) {
            return !equals(NONE) && uptime.minus(began).compareTo(limit) >= 0;
        }
    }

    /** Why the log is not to be trusted; empty while it is. */
    Optional<String> fault() {
        return Optional.of(fault.get()).filter(text -> !text.isEmpty());
    }

    /** Why no new order is taken; empty while they are. */
    Optional<String> refusal() {
        return fault().or(() -> Optional.of(delay.get())
                .filter(since -> since.isOver(UNSIGNED_LIMIT, uptime.now()))
                .map(since -> "no checkpoint can be signed and kept since " + since.since() + ": " + since.why()));
    }

    void doubt(String reason) {
        if (fault.compareAndSet("", reason)) {
            Log.errorf("audit log refused, see docs/audit-format.md, \"When the log is refused\": error=%s", reason);
        }
    }

    /** A checkpoint could not be made; it will be tried again. */
    void unsigned(String why) {
        var now = new Delay(clock.instant(), uptime.now(), why);
        delay.updateAndGet(before -> before.equals(Delay.NONE) ? now : before.because(why));
    }

    /** The newest state is signed. */
    void signed() {
        delay.set(Delay.NONE);
    }

    /** Throws unless entries may be appended. */
    void require() {
        fault().ifPresent(LogSoundness::refuse);
    }

    /** Throws unless a new order may be taken. */
    void requireForOrders() {
        refusal().ifPresent(LogSoundness::refuse);
    }

    private static void refuse(String reason) {
        throw new RecordUnavailable(new IllegalStateException("the audit log is refused: " + reason));
    }
}
