package io.venule.dose;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 100,000 random programs: the check and an independent oracle with its own exact fractions from text find the same. */
class DoseOracleTest {
    private static final int PROGRAMS = 100_000;

    @ParameterizedTest(name = "100,000 programs, seed {0}")
    @ValueSource(longs = 20_261_121L)
    void the_check_agrees_with_the_oracle(long seed) {
        var cases = new RandomCase(new SplittableRandom(seed));
        var seen = new HashMap<String, Integer>();

        for (int i = 0; i < PROGRAMS; i++) {
            var given = cases.next();
            var expected = Oracle.of(given);

            var result = Evaluation.of(given.program());

            assertThat(findings(result)).as("program %d: %s", i, given).isEqualTo(expected.findings());
            assertThat(rate(result)).as("program %d: %s", i, given).isEqualTo(expected.rate());
            assertThat(result.breaches().stream().map(Breach::isHard).toList())
                    .isSortedAccordingTo(java.util.Comparator.reverseOrder());
            count(seen, expected);
        }

        assertEveryLimitWasMet(seen);
    }

    private static Set<String> findings(Evaluation.Result result) {
        var found = new TreeSet<String>();
        for (var breach : result.breaches()) {
            found.add(
                    switch (breach) {
                        case Breach.BeyondLimit beyond ->
                            beyond.code() + " " + beyond.bound().value().canonical();
                        case Breach.TooCoarse coarse -> coarse.code();
                        case Breach.Impossible impossible -> impossible.code();
                    });
        }
        return found;
    }

    private static Optional<BigInteger> rate(Evaluation.Result result) {
        return switch (result.outcome()) {
            case Evaluation.Outcome.Computed(var numbers) ->
                Optional.of(BigInteger.valueOf(numbers.rate().microlitresPerHour()));
            case Evaluation.Outcome.NotComputed _ -> Optional.empty();
        };
    }

    private static void count(Map<String, Integer> seen, Oracle.Verdict verdict) {
        seen.merge(verdict.findings().isEmpty() ? "within" : "outside", 1, Integer::sum);
        verdict.findings().forEach(finding -> seen.merge(finding.split(" ", -1)[0], 1, Integer::sum));
    }

    /** A comparison that met nothing proves nothing. */
    private static void assertEveryLimitWasMet(Map<String, Integer> seen) {
        for (var judged : Judged.values()) {
            if (judged == Judged.BOLUS_DOSE || judged == Judged.BOLUS_RATE) {
                continue;
            }
            for (var limit : LimitName.values()) {
                assertThat(seen.getOrDefault(judged.code() + "." + limit.code(), 0))
                        .as(judged.code() + "." + limit.code())
                        .isGreaterThan(100);
            }
        }
        assertThat(seen.getOrDefault("within", 0)).as("within").isGreaterThan(2_000);
        assertThat(seen.keySet())
                .contains(
                        "weight.missing",
                        "surface.missing",
                        "unit.differs",
                        "dosing.differs",
                        "strength.differs",
                        "volume.differs",
                        "pump-step.soft");
    }
}
