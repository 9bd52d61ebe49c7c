package io.venule;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.venule.order.Ending;
import io.venule.order.Endings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says in health, metrics and log until when certificates, lists and long-lived keys are good. It never says not ready, as {@link OrderKeyHealth} does not: a server
 * taken out of the way would show and record nothing either.
 */
@Readiness
@Singleton
final class EndingHealth implements HealthCheck {
    private final Endings endings;

    EndingHealth(Endings endings, MeterRegistry metrics) {
        this.endings = endings;
        for (var kind : Ending.Kind.values()) {
            Gauge.builder(
                            "venule.ending.left.seconds",
                            endings,
                            all -> all.left(kind).toSeconds())
                    .tag("of", named(kind))
                    .description("How long the first of this kind is good for; negative where it has ended")
                    .register(metrics);
        }
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void say() {
        sentences().forEach(Log::warn);
    }

    private List<String> sentences() {
        return endings.soon().stream()
                .map(ending -> ending.sentence(endings.now()))
                .toList();
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("certificates and keys");
        endings.all()
                .forEach(ending -> response.withData(
                        (named(ending.kind()) + " " + ending.name()).strip(), "until " + ending.until()));
        sentences().forEach(sentence -> response.withData("see to", sentence));
        return response.up().build();
    }

    private static String named(Ending.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
