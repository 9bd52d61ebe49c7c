package io.venule.web.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How limits are written on a page: exactly, whatever the library says. */
class EntryViewsTest {
    @ParameterizedTest(name = "{0} ms are {1}")
    @CsvSource({
        "30000, 0.5 min",
        "59999, 59.999 s",
        "60000, 1 min",
        "60060, 1.001 min",
        "5400000, 90 min",
        "86400000, '1,440 min'",
        "1000, 1 s"
    })
    void a_duration_is_never_rounded(long millis, String written) {
        assertThat(EntryViews.minutes(Duration.ofMillis(millis))).isEqualTo(written);
    }
}
