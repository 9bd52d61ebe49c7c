package io.venule;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.venule.release.ActiveRelease;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says in health and metrics which release of the drug library this server works with, and whether another was published that it does not believe. It never says
 * not ready, as {@link OrderKeyHealth} does not: whoever can write into the database could end the whole hospital's orders by one row.
 */
@Readiness
@Singleton
final class LibraryHealth implements HealthCheck {
    private final ActiveRelease active;

    LibraryHealth(ActiveRelease active, MeterRegistry metrics) {
        this.active = active;
        Gauge.builder("venule.library.counter", active, one -> one.version().counter())
                .description("Counter of the drug library release that this server works with")
                .register(metrics);
        Gauge.builder(
                        "venule.library.believed",
                        active,
                        one -> one.notBelieved().isPresent() ? 0 : 1)
                .description("0 while a release is published that this server does not believe, 1 otherwise")
                .register(metrics);
    }

    @Override
    public HealthCheckResponse call() {
        var version = active.version();
        var response = HealthCheckResponse.named("drug library")
                .up()
                .withData("counter", version.counter())
                .withData("sha256", version.sha256());
        active.notBelieved()
                .ifPresent(look -> response.withData(
                                "published and not believed",
                                look.version().counter() + " " + look.version().sha256())
                        .withData("reason", String.join("; ", look.reasons()))
                        .withData("what to do", "docs/drug-library.md, What a server does not believe"));
        return response.build();
    }
}
