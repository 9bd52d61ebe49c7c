package io.venule.web.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.druglibrary.LibraryVersion;
import io.venule.order.LibraryReach;
import io.venule.order.LibraryReach.Held;
import io.venule.order.LibraryReach.Reached;
import io.venule.pump.Challenge.PumpLibrary;
import io.venule.pump.PumpSerial;
import io.venule.web.TimesFixture;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a release has come, at none, all but one, and all. EXPECTATIONS row 26. */
class PushTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final LibraryVersion CURRENT = new LibraryVersion(4, "0a".repeat(32));

    @ParameterizedTest(name = "{0} of {1}: {2} %")
    @CsvSource({"0,3,0", "1,3,33", "199,200,99", "200,200,100", "0,0,100"})
    void only_all_pumps_are_a_hundred(int held, int all, int percent) {
        var push = push(new Reached(all, held, List.of()));

        assertThat(push.percent()).isEqualTo(percent);
        assertThat(push.isDone()).isEqualTo(held == all);
        assertThat(push.unnamed()).isEqualTo(all - held);
    }

    @Test
    void a_pump_behind_is_named_with_what_it_holds_and_since_when() {
        var behind = List.of(
                behind(1, Optional.of(3L)),
                behind(2, Optional.of(0L)),
                behind(3, Optional.of(4L)),
                behind(4, Optional.of(5L)),
                behind(5, Optional.empty()));

        var push = push(new Reached(10, 4, behind));

        assertThat(push.behind())
                .extracting(Push.Behind::says)
                .containsExactly(
                        "holds release 3",
                        "holds none",
                        "holds another release 4",
                        "holds release 5, which is newer, so that none is sent",
                        "not asked yet");
        assertThat(push.behind().getFirst().since()).isNotNull();
        assertThat(push.behind().getLast().since()).isNull();
        assertThat(push.unnamed()).isOne();
    }

    private static Push push(Reached reached) {
        return Push.of(reached, CURRENT, TimesFixture.at(InstantSource.fixed(NOON)));
    }

    private static LibraryReach.Behind behind(int number, Optional<Long> holds) {
        return new LibraryReach.Behind(
                new PumpSerial("LV-%05d".formatted(number)),
                "A" + number,
                holds.map(counter -> new Held(new PumpLibrary(counter, ""), NOON)));
    }
}
