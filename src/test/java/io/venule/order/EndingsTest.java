package io.venule.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.order.Ending.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What all orders need is spoken of in time. EXPECTATIONS row 35; docs/keys.md; docs/pki.md. */
class EndingsTest {
    private static final Instant END = Instant.parse("2027-01-31T12:00:00Z");

    private static Endings at(Instant now, Ending... needed) {
        return new Endings(() -> Stream.of(needed), InstantSource.fixed(now));
    }

    @ParameterizedTest
    @CsvSource({
        "2592001, FAR",
        "2592000, FAR",
        "2591999, WITHIN_A_MONTH",
        "604801,  WITHIN_A_MONTH",
        "604800,  WITHIN_A_MONTH",
        "604799,  WITHIN_A_WEEK",
        "86401,   WITHIN_A_WEEK",
        "86400,   WITHIN_A_WEEK",
        "86399,   WITHIN_A_DAY",
        "1,       WITHIN_A_DAY",
        "0,       WITHIN_A_DAY",
        "-1,      OVER"
    })
    void an_end_is_a_month_a_week_a_day_away_or_past(long secondsLeft, Nearness nearness) {
        var now = END.minusSeconds(secondsLeft);
        var key = new Ending(Kind.LIBRARY_KEY, "0123456789abcdef", END);
        var list = new Ending(Kind.REVOCATION_LIST, "", END);

        assertThat(key.nearness(now)).isEqualTo(nearness);
        assertThat(at(now, key).soon()).hasSize(nearness == Nearness.FAR ? 0 : 1);
        assertThat(at(now, list).soon())
                .as("a list holds for 30 days, and is not spoken of all the time")
                .hasSize(nearness == Nearness.FAR || nearness == Nearness.WITHIN_A_MONTH ? 0 : 1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void each_says_when_it_ends_what_no_longer_goes_and_what_to_do(Kind kind) {
        var ending = new Ending(kind, "", END);

        assertThat(ending.sentence(END))
                .startsWith(ending.what() + " ends at 2027-01-31T12:00:00Z; from then on " + ending.then() + ". ")
                .endsWith(ending.remedy());
        assertThat(ending.sentence(END.plusMillis(1)))
                .startsWith(ending.what() + " ended at 2027-01-31T12:00:00Z: " + ending.then() + ". ");
        assertThat(ending.remedy()).contains("ops/");
    }

    @Test
    void keys_of_one_kind_are_told_apart() {
        assertThat(new Ending(Kind.LIBRARY_KEY, "0123456789abcdef", END).what())
                .isEqualTo("Library-release key 0123456789abcdef");
    }

    @Test
    void what_ends_first_is_said_first_and_counts_for_its_kind() {
        var late = new Ending(Kind.LIBRARY_KEY, "b", END);
        var early = new Ending(Kind.LIBRARY_KEY, "a", END.minusSeconds(10));
        var endings = at(END.minusSeconds(5), late, early);

        assertThat(endings.soon()).isEqualTo(List.of(early, late));
        assertThat(endings.left(Kind.LIBRARY_KEY)).isEqualTo(Duration.ofSeconds(-5));
    }

    @Test
    void what_is_renewed_meanwhile_is_asked_anew_each_time() {
        var until = new Instant[] {END};
        var endings =
                new Endings(() -> Stream.of(new Ending(Kind.REVOCATION_LIST, "", until[0])), InstantSource.fixed(END));
        assertThat(endings.soon()).hasSize(1);

        until[0] = END.plus(Duration.ofDays(30));

        assertThat(endings.soon()).isEmpty();
    }
}
