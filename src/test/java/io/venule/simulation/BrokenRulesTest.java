package io.venule.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.simulation.Simulation.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * A simulation that finds nothing proves nothing: each rule, broken on purpose, is found within 10,000 seeds under the promise it breaks. The seed that found it last is tried first, and the others one
 * after the other where it finds it no more.
 */
@Execution(ExecutionMode.CONCURRENT)
class BrokenRulesTest {
    private static final long SEEDS = 10_000;
    private static final String LAST = "/simulation/broken-rules.csv";

    @ParameterizedTest
    @CsvFileSource(resources = LAST, numLinesToSkip = 1)
    void a_broken_rule_is_found(BrokenRule rule, long last) {
        assertThat(last).isBetween(1L, SEEDS);

        var found = Simulation.onVirtualThread(() -> firstFailure(rule, last));

        assertThat(found).as("%s within %d seeds", rule, SEEDS).isPresent();
        assertThat(found.orElseThrow().promise()).as(found.orElseThrow().how()).isIn(rule.promises());
    }

    private static Optional<Ended.Failed> firstFailure(BrokenRule rule, long last) {
        return LongStream.concat(LongStream.of(last), LongStream.rangeClosed(1, SEEDS))
                .mapToObj(seed -> failure(rule, seed, last))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Ended.Failed> failure(BrokenRule rule, long seed, long last) {
        if (!(Simulation.run(seed, rule.parts()) instanceof Ended.Failed failed)) {
            return Optional.empty();
        }
        if (seed != last) {
            System.out.printf(
                    "%s is found by seed %d now, and no more by %d: enter it in %s%n", rule, seed, last, LAST);
        }
        return Optional.of(failed);
    }

    @Test
    void each_rule_is_broken_once() throws IOException {
        try (var file = Objects.requireNonNull(BrokenRulesTest.class.getResourceAsStream(LAST))) {
            var lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines();

            assertThat(lines.skip(1).map(line -> line.substring(0, line.indexOf(','))))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(BrokenRule.values()).map(Enum::name).toList());
        }
    }
}
