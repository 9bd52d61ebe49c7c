package io.venule.store;

import io.quarkus.logging.Log;
import io.venule.order.RecordUnavailable;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the audit log holds. Once a fault was found nothing more is appended or signed by this process, because an order that cannot be
 * audited is not sent; only a person who looked into it and a new start end that.
 */
@Singleton
final class LogSoundness {
    private final AtomicReference<String> fault = new AtomicReference<>("");

    /** Why the log is not to be trusted; empty while it is. */
    Optional<String> fault() {
        return Optional.of(fault.get()).filter(text -> !text.isEmpty());
    }

    void doubt(String reason) {
        if (fault.compareAndSet("", reason)) {
            Log.errorf("audit log refused: error=%s", reason);
        }
    }

    void require() {
        fault().ifPresent(reason -> {
            throw new RecordUnavailable(new IllegalStateException("the audit log is refused: " + reason));
        });
    }
}
