package io.venule.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.opcua.UnreadableSessions.End;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Twenty in a row are too many, and only in a row. */
class UnreadableSessionsTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final UnreadableSessions sessions = new UnreadableSessions();

    /** The last answer. */
    private boolean after(int times, End end, Duration lasted) {
        var tooMany = false;
        for (int i = 0; i < times; i++) {
            tooMany = sessions.areTooMany(end, lasted);
        }
        return tooMany;
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,false", "19,false", "20,true", "21,true"})
    void twenty_in_a_row_are_too_many(int times, boolean tooMany) {
        assertThat(after(times, End.UNREADABLE, SHORT)).isEqualTo(tooMany);
    }

    @Test
    void one_that_was_open_and_ended_otherwise_begins_the_count_anew() {
        after(19, End.UNREADABLE, SHORT);
        after(1, End.LOST, SHORT);

        assertThat(after(19, End.UNREADABLE, SHORT)).isFalse();
        assertThat(after(1, End.UNREADABLE, SHORT)).isTrue();
    }

    @Test
    void one_that_never_began_says_nothing() {
        after(19, End.UNREADABLE, SHORT);

        assertThat(after(100, End.NOT_BEGUN, SHORT)).isFalse();
        assertThat(after(1, End.UNREADABLE, SHORT)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"599999,true", "600000,false", "600001,false"})
    void one_that_lasted_ten_minutes_is_the_first_of_a_new_row(long millis, boolean tooMany) {
        after(19, End.UNREADABLE, SHORT);

        assertThat(after(1, End.UNREADABLE, Duration.ofMillis(millis))).isEqualTo(tooMany);
        assertThat(after(18, End.UNREADABLE, SHORT)).isEqualTo(tooMany);
        assertThat(after(1, End.UNREADABLE, SHORT)).isTrue();
    }
}
