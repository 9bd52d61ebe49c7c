package io.venule.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.signing.CanonicalJson;
import io.venule.signing.CanonicalJson.Parsed;
import io.venule.signing.Jws;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two readers of canonical JSON that share no code: what one takes the other takes, and what one refuses the other refuses. Source: T-05, T-40; docs/contributing.md for longer runs. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class CanonicalFuzzTest {
    /** What no order has: empty names, control characters, letters beyond the sixteen bits, lists in lists, numbers at their limits. */
    private static final String STRANGE =
            "{\"\":[],\"a\":\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\u007f\u2028\",\"b\":[[],{},[-1,0,9007199254740991]],"
                    + "\"\uD83D\uDE02\":-9007199254740991,\"\uFB33\":\"\"}";

    private static final List<byte[]> PAYLOADS = Stream.concat(
                    Stream.of("orders", "receipts", "records", "challenges", "certificates")
                            .flatMap(folder -> ExampleFiles.signed(folder).stream())
                            .flatMap(name -> Jws.unverifiedPayload(ExampleFiles.text(name)).stream()),
                    Stream.of(STRANGE.getBytes(StandardCharsets.UTF_8)))
            .toList();

    @Test
    void both_take_nearly_all_that_is_published() {
        assertThat(PAYLOADS.stream().filter(Canonical::is))
                .hasSizeGreaterThan(100)
                .contains(PAYLOADS.getLast())
                .containsExactlyElementsOf(
                        PAYLOADS.stream().filter(CanonicalFuzzTest::isTaken).toList());
    }

    @Test
    void both_agree_on_every_changed_payload() {
        long taken = 0;
        for (long seed = Fuzz.FIRST_SEED; seed < Fuzz.FIRST_SEED + Fuzz.EXECUTIONS; seed++) {
            var random = new SplittableRandom(seed);
            var changed = Mutation.ofJson(PAYLOADS.get(random.nextInt(PAYLOADS.size())), random);

            boolean isTaken = isTaken(changed);

            assertThat(Canonical.is(changed)).as("seed %d", seed).isEqualTo(isTaken);
            taken += isTaken ? 1 : 0;
        }
        System.out.println("canonical JSON: " + Fuzz.EXECUTIONS + " changed payloads, " + taken + " taken by both");
        assertThat(taken).as("changes that keep the form").isPositive();
    }

    private static boolean isTaken(byte[] payload) {
        return CanonicalJson.parseCanonical(payload) instanceof Parsed.Ok;
    }
}
