package io.venule;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.venule.order.KeyOutlook;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says in health, metrics and log how long the order keys of each ward last. It never says not ready: what pumps do is still shown and recorded where no
 * order can be signed, and a server taken out of the way would end that too.
 */
@Readiness
@Singleton
final class OrderKeyHealth implements HealthCheck {
    private final OrderKeyFolder folder;
    private final KeyOutlook outlook;
    private final RevocationRecord revocations;

    OrderKeyHealth(OrderKeyFolder folder, KeyOutlook outlook, RevocationRecord revocations, MeterRegistry metrics) {
        this.folder = folder;
        this.revocations = revocations;
        this.outlook = outlook;
        Gauge.builder("venule.order.keys.left.seconds", outlook, OrderKeyHealth::least)
                .description(
                        "How long the order keys last, of the ward where they end first; 0 where no order can be signed")
                .register(metrics);
    }

    private static double least(KeyOutlook outlook) {
        return outlook.wards().stream()
                .map(KeyOutlook.Last::left)
                .mapToLong(Duration::toSeconds)
                .min()
                .orElse(Duration.ofDays(365).toSeconds());
    }

    /** Takes up what was laid into the folder, or taken away. */
    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        folder.refresh();
        revocations.follow();
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void say() {
        outlook.shortOnes().forEach(last -> Log.warn(last.sentence()));
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("order keys");
        folder.fault().ifPresent(fault -> response.withData("fault", fault));
        response.withData("revocation list", folder.revoked().counter());
        outlook.wards()
                .forEach(last ->
                        response.withData(last.ward(), last.isShort() ? last.sentence() : "until " + last.until()));
        return response.up().build();
    }
}
