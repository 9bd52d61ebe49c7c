package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.quantity.Amount;
import io.venule.quantity.AmountUnit;
import io.venule.quantity.Concentration;
import io.venule.quantity.Dose;
import io.venule.quantity.FlowRate;
import io.venule.quantity.Volume;
import io.venule.quantity.Weight;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Numbers as pages write them: a zero before the point, none at the end behind it, commas in thousands, the unit never on another line.
 * Source: EXPECTATIONS row 17; ISMP safe presentation; seeded.
 */
class NumbersOnPagesTest {
    private static final Pattern SAFE = Pattern.compile("(?:0|[1-9]\\d{0,2}(?:,\\d{3})*)(?:\\.\\d*[1-9])?");
    private static final List<String> DOSE_UNITS =
            List.of("ug/kg/min", "mg/h", "[iU]/kg/h", "m[iU]/min", "meq/h", "mmol/h", "mg/m2", "ug/min");
    private static final int RUNS = 20_000;

    @Test
    void every_quantity_is_written_safely_and_stays_with_its_unit() {
        for (int seed = 0; seed < RUNS; seed++) {
            var random = new Random(seed);
            var number = BigDecimal.valueOf(1 + random.nextInt(9_999_999), random.nextInt(4))
                    .stripTrailingZeros()
                    .toPlainString();
            var unit = DOSE_UNITS.get(random.nextInt(DOSE_UNITS.size()));

            assertSafe(seed, Dose.of(number, unit).print(), number);
            var thousandths = 1 + random.nextInt(1_200_000);
            var amount = BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
            assertSafe(seed, FlowRate.ofMillilitresPerHour(amount).print(), amount);
            assertSafe(seed, Volume.ofMillilitres(amount).print(), amount);
        }
    }

    private static void assertSafe(int seed, String printed, String number) {
        var shown = Wording.together(printed);
        var parts = shown.split(Wording.NO_BREAK, -1);

        assertThat(shown).as("seed %d", seed).doesNotContain(" ");
        assertThat(parts[0]).as("seed %d", seed).matches(SAFE);
        assertThat(parts[0].replace(",", "")).as("seed %d", seed).isEqualTo(number);
        assertThat(parts[1]).as("seed %d", seed).doesNotContain("ug", "µ", "IU", "U/");
    }

    @Test
    void two_numbers_in_one_line_each_keep_their_unit() {
        var mix = new Concentration(Amount.of("25000", AmountUnit.UNIT), Volume.ofMillilitres("500"));

        assertThat(Wording.together(mix.print())).isEqualTo("25,000\u00a0unit in 500\u00a0mL");
        assertThat(Wording.together(Weight.ofKilograms("0.8").print())).isEqualTo("0.8\u00a0kg");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0         | just now
                    999       | just now
                    1000      | 1 s ago
                    119999    | 119 s ago
                    120000    | 2 min ago
                    7199999   | 119 min ago
                    7200000   | 2 h ago
                    172799999 | 47 h ago
                    172800000 | 2 days ago
                    -1000     | in 1 s
                    """)
    void how_long_ago_is_rounded_down_and_changes_its_unit_at_two_of_the_next(long millis, String words) {
        assertThat(Times.relative(Duration.ofMillis(millis)).replace(Wording.NO_BREAK, " "))
                .isEqualTo(words);
    }

    @Test
    void counts_have_commas() {
        assertThat(Wording.grouped(999)).isEqualTo("999");
        assertThat(Wording.grouped(1_000)).isEqualTo("1,000");
        assertThat(Wording.grouped(12_345_678)).isEqualTo("12,345,678");
    }
}
