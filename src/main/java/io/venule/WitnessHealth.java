package io.venule;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.venule.audit.OutsideWitness;
import io.venule.audit.OutsideWitnesses;
import io.venule.audit.WitnessKey;
import io.venule.audit.Witnessing;
import io.venule.order.RecordUnavailable;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows the log to the witness outside, where there is one, and says in health and metrics how it stands with it. It never says not ready: orders do not
 * wait for somebody outside the hospital.
 */
@Readiness
@Singleton
final class WitnessHealth implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final OutsideWitnesses witnesses;

    WitnessHealth(OutsideWitnesses witnesses, MeterRegistry metrics) {
        this.witnesses = witnesses;
        witnesses.all().forEach(witness -> count(witness, metrics));
    }

    private static void count(OutsideWitness witness, MeterRegistry metrics) {
        var name = witness.standing().name();
        FunctionCounter.builder(
                        "venule.log.witness.failures",
                        witness,
                        one -> one.standing().failures())
                .tag("witness", name)
                .description("Rounds that ended without the word of the witness outside")
                .register(metrics);
        Gauge.builder(
                        "venule.log.witness.entries",
                        witness,
                        one -> one.standing().entries())
                .tag("witness", name)
                .description("Entries that the witness outside cosigned last")
                .register(metrics);
    }

    @Produces
    @Singleton
    static OutsideWitnesses outside(VenuleSettings settings, Witnessing witnessing, InstantSource clock) {
        return outside(settings.audit().witness(), witnessing, clock);
    }

    static OutsideWitnesses outside(VenuleSettings.Audit.Witness said, Witnessing witnessing, InstantSource clock) {
        if (said.url().isPresent() != said.key().isPresent()) {
            throw new IllegalArgumentException(
                    "venule.audit.witness.url and venule.audit.witness.key go together: one is missing");
        }
        return new OutsideWitnesses(said.url().stream()
                .map(url -> witness(url, said.key().orElseThrow(), witnessing, clock))
                .toList());
    }

    private static OutsideWitness witness(URI url, String key, Witnessing witnessing, InstantSource clock) {
        var parsed = WitnessKey.parse(key)
                .orElseThrow(
                        () -> new IllegalArgumentException("venule.audit.witness.key is no witness's verifier key"));
        return new OutsideWitness(parsed, url, PATIENCE, witnessing, clock);
    }

    /** At the start, so that settings that cannot be right are said then. */
    void start(@Observes StartupEvent event) {
        witnesses.standing().forEach(one -> Log.infof("the log is shown to a witness: name=%s", one.name()));
    }

    @Scheduled(every = "1m", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void round() {
        try {
            witnesses.all().forEach(OutsideWitness::round);
        } catch (RecordUnavailable e) {
            Log.warnf("not shown to the witness, trying again: error=%s", e.getMessage());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        witnesses.all().forEach(OutsideWitness::close);
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("witness of the log");
        witnesses
                .standing()
                .forEach(one -> response.withData(
                        one.name(),
                        one.trouble().isEmpty()
                                ? one.entries() + " entries cosigned"
                                : one.trouble() + ", since " + one.since()));
        return response.up().build();
    }
}
