package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.opcua.RefusedHandshakes.Cause;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.junit.jupiter.api.Test;

/** A pump's answers do not tell why it refuses an opening. How long they take is measured, in no test: {@code ops/bench pumps}. T-25. */
class RefusedHandshakesIT {
    private static final long SEED = 25;
    private static final long HUNG_UP = 0;

    @Test
    void what_cannot_be_decrypted_and_what_nobody_signed_are_answered_alike() throws Exception {
        assertThat(codes(Cause.PADDING, Cause.SIGNATURE)).containsOnly(HUNG_UP);
    }

    @Test
    void a_certificate_is_refused_with_one_code_for_whatever_reason() throws Exception {
        assertThat(codes(Cause.STRANGER, Cause.EXPIRED, Cause.REVOKED))
                .containsOnly(StatusCodes.Bad_SecurityChecksFailed);
    }

    private static List<Long> codes(Cause... causes) throws Exception {
        try (var pump = new RefusedHandshakes(SEED)) {
            var codes = Stream.<Long>builder();
            for (var cause : causes) {
                codes.add(pump.once(cause).code());
            }
            return codes.build().toList();
        }
    }
}
