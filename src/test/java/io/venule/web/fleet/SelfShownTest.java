package io.venule.web.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.druglibrary.LibraryVersion;
import io.venule.pump.Challenge.PumpLibrary;
import io.venule.pump.Nameplate;
import io.venule.pump.PumpSerial;
import io.venule.pump.SelfReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a pump holds the library that it should, and is who it should be: word, tone and shape. EXPECTATIONS rows 6 and 34. */
class SelfShownTest {
    private static final String RIGHT = "0a".repeat(32);
    private static final String OTHER = "0b".repeat(32);
    private static final LibraryVersion CURRENT = new LibraryVersion(4, RIGHT);
    private static final PumpSerial PUMP = new PumpSerial("LV-00001");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            4 | right | true  | good | current             | Holds release 4
            4 | right | false | good | current             | Holds release 4
            3 | other | true  | warn | not the current one | Holds release 3, current 4: being sent
            3 | other | false | warn | not the current one | Holds release 3, current 4: sent as soon as the pump is reached
            4 | other | true  | warn | not the current one | Holds release 4, current 4: being sent
            5 | other | true  | bad  | not the current one | Holds release 5, current 4: newer than this server's, so that none is sent
            5 | other | false | bad  | not the current one | Holds release 5, current 4: newer than this server's, so that none is sent
            0 | none  | true  | warn | not the current one | Holds none, current 4: being sent
            """)
    void the_release_that_it_holds_stands_beside_the_one_it_should(
            long counter, String which, boolean reached, String tone, String word, String says) {
        var held = LibraryHeld.of(library(counter, which), CURRENT, reached);

        assertThat(held.look().tone()).isEqualTo(tone);
        assertThat(held.word()).isEqualTo(word);
        assertThat(held.says()).isEqualTo(says);
    }

    @Test
    void tones_differ_in_shape_too() {
        assertThat(java.util.stream.Stream.of(library(4, "right"), library(3, "other"), library(5, "other"))
                        .map(held -> LibraryHeld.of(held, CURRENT, true).look().icon()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LV-00001 | 4 | right | ''
            LV-00001 | 3 | other | drug library 3, not 4
            LV-00001 | 0 | none  | no drug library
            LV-00002 | 4 | right | another serial number on its nameplate
            ''       | 3 | other | another serial number on its nameplate; drug library 3, not 4
            """)
    void the_board_says_what_is_amiss(String serial, long counter, String which, String notice) {
        var said = new SelfReport(new Nameplate("", "", serial, "", ""), library(counter, which));

        assertThat(SelfShown.notice(PUMP, said, CURRENT)).isEqualTo(notice);
    }

    private static PumpLibrary library(long counter, String which) {
        return new PumpLibrary(
                counter,
                switch (which) {
                    case "right" -> RIGHT;
                    case "other" -> OTHER;
                    default -> "";
                });
    }
}
