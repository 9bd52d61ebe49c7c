package io.venule.store;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the audit log does not hold, with the reason. */
@Readiness
@Singleton
final class LogHealth implements HealthCheck {
    private final LogSoundness soundness;

    LogHealth(LogSoundness soundness) {
        this.soundness = soundness;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("audit log");
        return soundness
                .fault()
                .map(reason -> response.down().withData("reason", reason).build())
                .orElseGet(() -> response.up().build());
    }
}
