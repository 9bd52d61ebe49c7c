package io.venule.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.pump.Challenge.PumpLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pump may say of itself: a few plain words. Threat T-29. */
class NameplateTest {
    private static Nameplate by(String manufacturer) {
        return new Nameplate(manufacturer, "M", "LV-00001", "1.0.0", "A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "B. Braun® Melsungen", "Größe µ 3/4 <b>\"&'", "日本製", "a\u0301"})
    void plain_words_of_any_script_are_taken_as_they_are(String text) {
        assertThat(by(text).manufacturer()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two\nlines",
                "a\u0000",
                "\u001b[2J",
                "a\u007f",
                "turned \u202e round",
                "\u200bhidden",
                "half \ud800",
                "\u2028",
                "\u2029",
                "no\u00a0break",
                "\ue000",
                "\u0378"
            })
    void what_cannot_be_printed_or_turns_the_text_about_it_is_refused(String text) {
        assertThatThrownBy(() -> by(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_text_is_looked_at() {
        var bad = "\n";

        assertThatThrownBy(() -> new Nameplate(bad, "", "", "", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Nameplate("", bad, "", "", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Nameplate("", "", bad, "", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Nameplate("", "", "", bad, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Nameplate("", "", "", "", bad)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_text_has_a_hundred_characters_at_most() {
        assertThat(by("x".repeat(99)).manufacturer()).hasSize(99);
        assertThat(by("x".repeat(100)).manufacturer()).hasSize(100);
        assertThatThrownBy(() -> by("x".repeat(101))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_library_it_holds_has_a_counter_from_zero_and_a_hash_or_none() {
        assertThat(with(0, "").library().counter()).isZero();
        assertThat(with(7, "0a".repeat(32)).library().counter()).isEqualTo(7);
        assertThatThrownBy(() -> with(-1, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> with(1, "0a".repeat(31))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> with(1, "0A".repeat(32))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> with(1, "0a".repeat(32) + "\n")).isInstanceOf(IllegalArgumentException.class);
    }

    private static SelfReport with(long counter, String sha256) {
        return new SelfReport(by("maker"), new PumpLibrary(counter, sha256));
    }
}
