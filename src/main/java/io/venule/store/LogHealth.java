package io.venule.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the audit log does not hold or cannot be signed, with the reason and where it stands what a person must do; the same as metrics. */
@Readiness
@Singleton
final class LogHealth implements HealthCheck {
    private final LogSoundness soundness;
    private final LogRounds rounds;

    LogHealth(LogSoundness soundness, LogRounds rounds, MeterRegistry metrics) {
        this.soundness = soundness;
        this.rounds = rounds;
        Gauge.builder("venule.audit.sound", soundness, log -> log.fault().isPresent() ? 0 : 1)
                .description("1 while the audit log holds, 0 once a fault was found")
                .register(metrics);
        Gauge.builder("venule.audit.orders", soundness, log -> log.refusal().isPresent() ? 0 : 1)
                .description("1 while new orders can be recorded and signed for, 0 while they are refused")
                .register(metrics);
        Gauge.builder("venule.audit.checked.entries", rounds, log -> log.last().entries())
                .description("Entries that the last whole check read")
                .register(metrics);
        Gauge.builder(
                        "venule.audit.check.seconds",
                        rounds,
                        log -> log.last().took().toMillis() / 1000.0)
                .description("How long the last whole check took")
                .register(metrics);
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("audit log")
                .withData("checked", rounds.last().ended().toString())
                .withData("entries", rounds.last().entries());
        return soundness
                .refusal()
                .map(reason -> response.down()
                        .withData("reason", reason)
                        .withData("what to do", "docs/audit-format.md, When the log is refused")
                        .build())
                .orElseGet(() -> response.up().build());
    }
}
