package io.venule.barcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GS1 General Specifications, 7.12: 51 or more years ahead is the century before, 50 or more behind the one after. */
class CalendarDayTest {
    @ParameterizedTest
    @CsvSource({
        "760101, 2026, 2076-01-01",
        "770101, 2026, 1977-01-01",
        "261121, 2026, 2026-11-21",
        "000101, 2026, 2000-01-01",
        "990101, 2026, 1999-01-01",
        "250101, 2074, 2025-01-01",
        "250101, 2075, 2125-01-01",
        "240101, 2074, 2124-01-01",
        "990101, 2049, 2099-01-01",
        "000229, 2080, 2100-02-28"
    })
    void the_century_is_the_one_that_lies_nearest(String text, int yearNow, LocalDate day) {
        assertThat(CalendarDay.read(text, yearNow)).isEqualTo(day);
    }

    @Test
    void day_00_is_the_last_of_the_month_also_in_a_leap_year() {
        assertThat(CalendarDay.read("270200", 2026)).isEqualTo(LocalDate.of(2027, 2, 28));
        assertThat(CalendarDay.read("280200", 2026)).isEqualTo(LocalDate.of(2028, 2, 29));
        assertThat(CalendarDay.read("261200", 2026)).isEqualTo(LocalDate.of(2026, 12, 31));
    }
}
