package io.venule.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeldomTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void of_many_within_the_pause_one_passes_and_the_next_tells_how_many_there_were() {
        var seldom = Seldom.every(10, 5);

        assertThat(seldom.more("a", NOON)).contains(0L);
        assertThat(seldom.more("a", NOON)).isEmpty();
        assertThat(seldom.more("a", NOON.plusMillis(9_999))).isEmpty();
        assertThat(seldom.more("b", NOON.plusMillis(9_999))).contains(0L);
        assertThat(seldom.more("a", NOON.plusSeconds(10))).contains(2L);
        assertThat(seldom.more("a", NOON.plusSeconds(20))).contains(0L);
    }

    @Test
    void once_is_once_while_it_is_remembered_and_no_more_names_are_kept_than_said() {
        var seldom = Seldom.once(2);
        seldom.more("a", NOON);
        seldom.more("b", NOON);

        assertThat(seldom.more("a", NOON.plusSeconds(1_000_000))).isEmpty();
        seldom.more("c", NOON);

        assertThat(seldom.more("b", NOON)).isEmpty();
        assertThat(seldom.more("a", NOON)).contains(0L);
    }
}
