package io.venule.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({"0,1", "50,6", "99,10", "100,10"})
    void a_percentile_is_a_value_that_was_measured(int percent, double value) {
        var values = new double[] {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};

        assertThat(Figures.percentile(values, percent)).isEqualTo(value);
    }
}
