package io.venule.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.simulation.Simulation.Ended;
import java.util.Optional;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulation that finds nothing proves nothing: each rule, broken on purpose, is found within 10,000 seeds under the promise it breaks. */
@Execution(ExecutionMode.CONCURRENT)
class BrokenRulesTest {
    private static final long SEEDS = 10_000;

    @ParameterizedTest
    @EnumSource(BrokenRule.class)
    void a_broken_rule_is_found(BrokenRule rule) {
        var found = Simulation.onVirtualThread(() -> firstFailure(rule));

        assertThat(found).as("%s within %d seeds", rule, SEEDS).isPresent();
        assertThat(found.orElseThrow().promise()).as(found.orElseThrow().how()).isIn(rule.promises());
    }

    private static Optional<Ended.Failed> firstFailure(BrokenRule rule) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            if (Simulation.run(seed, rule.parts()) instanceof Ended.Failed failed) {
                return Optional.of(failed);
            }
        }
        return Optional.empty();
    }
}
