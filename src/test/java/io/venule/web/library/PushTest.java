package io.venule.web.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.druglibrary.LibraryVersion;
import io.venule.order.SelfReports.Kept;
import io.venule.pump.Challenge.PumpLibrary;
import io.venule.pump.EnrolledPump;
import io.venule.pump.Nameplate;
import io.venule.pump.PumpModel;
import io.venule.pump.PumpSerial;
import io.venule.pump.SelfReport;
import io.venule.web.TimesFixture;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a release has come, at 0, all but one, and all. EXPECTATIONS row 26. */
class PushTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String RIGHT = "0a".repeat(32);
    private static final LibraryVersion CURRENT = new LibraryVersion(4, RIGHT);

    @ParameterizedTest(name = "{0} of {1}: {2} %")
    @CsvSource({
        "0,3,0,3,0",
        "1,3,33,2,0",
        "199,200,99,1,0",
        "200,200,100,0,0",
        "0,0,100,0,0",
        "9,59,15,50,0",
        "8,59,13,50,1"
    })
    void only_all_pumps_are_a_hundred(int held, int all, int percent, int named, int unnamed) {
        var said = new HashMap<PumpSerial, Kept>();
        IntStream.range(0, held).forEach(i -> said.put(pump(i).serial(), holding(4, RIGHT)));

        var push = Push.of(pumps(all), said, CURRENT, TimesFixture.at(InstantSource.fixed(NOON)));

        assertThat(push.percent()).isEqualTo(percent);
        assertThat(push.isDone()).isEqualTo(held == all);
        assertThat(push.behind()).hasSize(named);
        assertThat(push.unnamed()).isEqualTo(unnamed);
    }

    @Test
    void a_pump_behind_is_named_with_what_it_holds_and_since_when() {
        var said = Map.of(
                pump(0).serial(), holding(3, "0b".repeat(32)),
                pump(1).serial(), holding(0, ""),
                pump(2).serial(), holding(4, "0c".repeat(32)));

        var push = Push.of(pumps(4), said, CURRENT, TimesFixture.at(InstantSource.fixed(NOON)));

        assertThat(push.behind())
                .extracting(Push.Behind::says)
                .containsExactly("holds release 3", "holds none", "holds another release 4", "not asked yet");
        assertThat(push.behind().getFirst().since()).isNotNull();
        assertThat(push.behind().getLast().since()).isNull();
    }

    private static List<EnrolledPump> pumps(int count) {
        return IntStream.range(0, count).mapToObj(PushTest::pump).toList();
    }

    private static EnrolledPump pump(int number) {
        return new EnrolledPump(
                new PumpSerial("LV-%05d".formatted(number)),
                "A" + number,
                PumpModel.LARGE_VOLUME,
                1,
                "opc.tcp://pump.example:4840",
                "PEM",
                "key",
                true);
    }

    private static Kept holding(long counter, String sha256) {
        return new Kept(new SelfReport(new Nameplate("", "", "", "", ""), new PumpLibrary(counter, sha256)), NOON);
    }
}
