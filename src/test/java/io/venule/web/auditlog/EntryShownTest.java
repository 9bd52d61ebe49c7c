package io.venule.web.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an entry says on the page, in words. */
class EntryShownTest {
    private static EntryShown entry(String kind, Map<String, String> details) {
        return new EntryShown(
                1, "2026-11-21T12:00:00Z", kind, "nora", "LV-1/1", "a".repeat(32), details, "b".repeat(64));
    }

    @Test
    void an_approved_bolus_is_named_one_with_what_is_given_and_how_fast() {
        var bolus = entry(
                "ORDER_APPROVED",
                Map.of("op", "bolus", "from", "5 mL/h", "to", "210 mL/h", "volume", "25 mL", "arithmetic", "sum"));

        assertThat(bolus.title()).isEqualTo("Order approved: bolus");
        assertThat(bolus.change()).isEqualTo("25 mL at 210 mL/h");
        assertThat(bolus.isProgram()).isFalse();
    }

    @Test
    void an_approved_change_of_rate_says_from_what_to_what() {
        var change = entry("ORDER_APPROVED", Map.of("op", "titrate", "from", "5 mL/h", "to", "7 mL/h"));

        assertThat(change.title()).isEqualTo("Order approved");
        assertThat(change.change()).isEqualTo("5 mL/h → 7 mL/h");
    }

    @Test
    void what_changed_on_a_nameplate_is_named_with_what_it_was_before() {
        var changed = entry("PUMP_NAMEPLATE", Map.of("what", "software revision", "from", "1.0.0", "to", "1.1.0"));

        assertThat(changed.title()).isEqualTo("Pump nameplate: software revision");
        assertThat(changed.change()).isEqualTo("1.0.0 → 1.1.0");
    }

    @Test
    void a_bolus_that_the_pump_gave_says_how_much() {
        var given = entry("PUMP_RECORD", Map.of("type", "bolusGiven", "volume", "14.483 mL"));

        assertThat(given.title()).isEqualTo("Pump: bolus given");
        assertThat(given.change()).isEqualTo("14.483 mL");
    }

    @Test
    void an_infusion_that_was_stopped_says_what_it_had_infused() {
        assertThat(entry("PUMP_RECORD", Map.of("type", "stopped", "infused", "41 mL", "who", "N7"))
                        .change())
                .isEqualTo("41 mL");
    }

    @Test
    void what_the_pump_says_of_itself_is_in_words() {
        assertThat(entry("PUMP_RECORD", Map.of("type", "power", "mains", "0", "battery", "81"))
                        .change())
                .isEqualTo("on battery, 81 % charged");
        assertThat(entry("PUMP_RECORD", Map.of("type", "power", "mains", "1", "battery", "81"))
                        .change())
                .isEqualTo("on mains, 81 % charged");
        assertThat(entry("PUMP_RECORD", Map.of("type", "booted", "software", "2.1.0"))
                        .change())
                .isEqualTo("software 2.1.0");
        assertThat(entry("PUMP_RECORD", Map.of("type", "clockSet", "shift", "-120500"))
                        .change())
                .isEqualTo("back by 120.5 s");
        assertThat(entry("PUMP_RECORD", Map.of("type", "clockSet", "shift", "90000"))
                        .change())
                .isEqualTo("forward by 90 s");
        assertThat(entry("PUMP_RECORD", Map.of("type", "libraryActivated", "counter", "7"))
                        .change())
                .isEqualTo("release 7");
        assertThat(entry("PUMP_RECORD", Map.of("type", "door", "open", "1")).change())
                .isEqualTo("open");
    }

    @Test
    void what_was_ordered_is_named_by_drug_dose_and_prescription() {
        var approved = entry(
                "ORDER_APPROVED",
                Map.of("drug", "dilTIAZem", "dose", "10 mg/h", "prescription", "RX-7", "rate", "9 mL/h"));

        assertThat(approved.about()).isEqualTo("dilTIAZem, 10 mg/h, RX-7");
        assertThat(entry("PUMP_RECORD", Map.of("type", "started")).about()).isEmpty();
    }

    @Test
    void an_override_says_which_limit_was_passed_beside_the_reason() {
        var passed = entry("ORDER_OVERRIDDEN", Map.of("reason", "Weaning", "breaches", "18 mg/h is above 15 mg/h."));

        assertThat(passed.why()).isEqualTo("Weaning. 18 mg/h is above 15 mg/h.");
    }

    @Test
    void who_was_refused_is_named_with_what_they_asked_for() {
        var refused =
                entry("ACCESS_DENIED", Map.of("name", "Nora Demo", "method", "GET", "path", "/audit", "more", "0"));

        assertThat(refused.who()).isEqualTo("Nora Demo");
        assertThat(refused.why()).isEqualTo("GET /audit");
        assertThat(entry("SIGN_IN", Map.of("result", "refused", "why", "expired"))
                        .why())
                .isEqualTo("refused. expired");
    }
}
