package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.venule.audit.AuditLog;
import io.venule.audit.Cosignatures;
import io.venule.audit.WitnessKey;
import io.venule.stack.Api;
import io.venule.stack.StackResource;
import io.venule.stack.VenuleStack;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The running application shows its log to a witness over HTTP, which checks each step by itself, and says how it stands. Threat T-44. */
@QuarkusTest
@WithTestResource(StackResource.class)
class OutsideWitnessIT {
    /** It is asked once a minute. */
    private static final Duration TWO_ROUNDS = Duration.ofMinutes(2);

    @Nullable
    VenuleStack stack;

    @Inject
    Cosignatures cosignatures;

    @Inject
    AuditLog log;

    @Test
    void a_witness_outside_cosigns_the_log_of_the_running_application() throws IOException, InterruptedException {
        var running = Objects.requireNonNull(stack);
        var witness = running.witness();
        var key = WitnessKey.parse(witness.verifierKey()).orElseThrow();

        await().atMost(TWO_ROUNDS).until(() -> cosignatures.seenBy(key) > 0);

        assertThat(witness.answered()).contains(200).doesNotContain(400, 403, 404, 422);
        assertThat(cosignatures.seenBy(key)).isLessThanOrEqualTo(log.head().size());
        var api = new Api(running);
        assertThat(api.get("auditor", "/audit").expect(200).text()).contains("seen by witness.example");
        assertThat(api.get("auditor", "/q/health/ready").expect(200).text())
                .contains("witness.example", "entries cosigned");
    }
}
