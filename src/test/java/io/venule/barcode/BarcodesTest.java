package io.venule.barcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarcodesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String GS = "\u001d";
    private static final String GTIN = "00303380049042";
    private static final String PATIENT = CheckDigit.append("95212340000000017");

    private static Scan read(String text) {
        return Barcodes.read(text, NOW);
    }

    private static void assertRefused(String text, String reasonPart) {
        assertThat(read(text)).isInstanceOfSatisfying(Scan.Unreadable.class, unreadable -> {
            assertThat(unreadable.reason()).contains(reasonPart);
            assertThat(unreadable.remedy()).isNotBlank();
        });
    }

    @Nested
    class Kinds {
        private static final Scan BAG = new Scan.ProductBag(GTIN, LocalDate.of(2026, 11, 30), "LOT7", "S1");

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "]d201003033800490421726113010LOT7\u001d21S1",
                    "]C101003033800490421726113010LOT7\u001d21S1",
                    "]Q301003033800490421726113010LOT7\u001d21S1",
                    "]e001003033800490421726113010LOT7\u001d21S1",
                    "01003033800490421726113010LOT7\u001d21S1",
                    "\u001d01003033800490421726113010LOT7\u001d21S1",
                    "]d20100303380049042\u001d17261130\u001d10LOT7\u001d21S1\u001d",
                    "]d221S1\u001d10LOT7\u001d010030338004904217261130",
                    "(01)00303380049042(17)261130(10)LOT7(21)S1"
                })
        void a_bag_is_read_in_every_form_a_scanner_sends(String text) {
            assertThat(read(text)).isEqualTo(BAG);
        }

        @Test
        void a_bag_may_lack_a_serial_and_carry_fields_we_skip() {
            assertThat(read("]d201003033800490421726113010LOT7" + GS + "3103001234" + "240X/1" + GS + "95abc"))
                    .isEqualTo(new Scan.ProductBag(GTIN, LocalDate.of(2026, 11, 30), "LOT7", ""));
        }

        @Test
        void day_00_is_the_last_day_of_the_month() {
            assertThat(read("(01)00303380049042(17)280200(10)L"))
                    .isEqualTo(new Scan.ProductBag(GTIN, LocalDate.of(2028, 2, 29), "L", ""));
        }

        @Test
        void a_wristband_is_patient_and_band() {
            assertThat(read("]d28018" + PATIENT + GS + "80191")).isEqualTo(new Scan.Wristband(PATIENT, "1"));
            assertThat(read("]d28018" + PATIENT + GS + "801912")).isEqualTo(new Scan.Wristband(PATIENT, "12"));
        }

        @Test
        void a_pharmacy_label_carries_its_order_number() {
            assertThat(read("]d201003033800490421726113010C7" + GS + "21000001" + GS + "91RX:RX-1001"))
                    .isEqualTo(new Scan.CompoundedBag("RX-1001", "C7", LocalDate.of(2026, 11, 30), "000001"));
        }

        @Test
        void another_company_s_internal_field_does_not_make_a_pharmacy_label() {
            assertThat(read("(01)00303380049042(17)261130(10)LOT7(21)S1(91)1001(92)VP-0001/1"))
                    .isEqualTo(BAG);
        }

        @Test
        void a_pump_tag_names_one_channel() {
            assertThat(read("]d292CH:VP-0001/1")).isEqualTo(new Scan.PumpTag("VP-0001", 1));
            assertThat(read("]d292CH:VP-0001/32")).isEqualTo(new Scan.PumpTag("VP-0001", 32));
            assertRefused("]d292CH:VP-0001/33", "channel");
            assertRefused("]d292CH:VP-0001/0", "channel");
        }

        @Test
        void a_badge_is_a_provider_s_key() {
            assertThat(read("]d28017" + PATIENT)).isEqualTo(new Scan.Badge(PATIENT));
            assertThat(read("]d28017" + PATIENT + GS + "80192")).isEqualTo(new Scan.Badge(PATIENT + "/2"));
        }
    }

    /** T-56, T-57. */
    @Nested
    class Refusals {
        @Test
        void a_repeated_product_is_refused() {
            assertRefused("]d201003033800490420100303380049042", "(01) appears twice");
            assertRefused("(01)00303380049042(01)00303380117048", "(01) appears twice");
        }

        @Test
        void a_wrong_check_digit_is_refused() {
            assertRefused("]d201003033800490411726113010LOT7", "(01) has a wrong check digit");
            assertRefused("]d28018952123400000000001" + GS + "80191", "(8018) has a wrong check digit");
        }

        @Test
        void a_separator_inside_a_field_is_refused() {
            assertRefused("]d2010030338" + GS + "00490421726113010LOT7", "(01) is cut in two by a separator");
            assertRefused("]d201003033800490421726" + GS + "113010LOT7", "(17) is cut in two by a separator");
            assertRefused("]d201003033800490421726113010L" + GS + "OT7", "(10)");
            assertRefused("]d2" + GS + "0100303380049042", "separator");
            assertRefused("]d20100303380049042" + GS + GS + "17261130", "separator");
        }

        @Test
        void a_field_cut_short_is_refused() {
            assertRefused("]d20100303380", "(01) is cut short");
            assertRefused("]d2010030338004904217261130" + "10", "(10) is cut short");
            assertRefused("]d2", "no data");
        }

        @Test
        void a_lot_of_more_than_20_characters_is_refused() {
            assertThat(read("]d2010030338004904217261130" + "10" + "A".repeat(20))
                            .word())
                    .isEqualTo("a medication bag");
            assertRefused("]d2010030338004904217261130" + "10" + "A".repeat(21), "(10) is too long");
        }

        @Test
        void a_bag_without_lot_or_expiry_is_refused_for_exactly_that() {
            assertRefused("]d2010030338004904217261130", "no lot number (10)");
            assertRefused("]d2010030338004904210LOT7", "no expiry date (17)");
            assertRefused("]d21726113010LOT7", "no product (01)");
        }

        @Test
        void a_pharmacy_label_without_serial_or_with_a_false_order_number_is_refused() {
            assertRefused("(01)00303380049042(17)261130(10)C7(91)RX:RX-1001", "no serial number (21)");
            assertRefused("(01)00303380049042(17)261130(10)C7(21)1(91)RX:rx 1", "(91)");
            assertRefused("(01)00303380049042(17)261130(10)C7(21)1(91)RX:<b>", "order number");
        }

        @Test
        void an_expiry_with_a_time_of_day_is_refused_rather_than_taken_for_a_whole_day() {
            assertRefused("(01)00303380049042(17)261130(10)C7(7003)2611301200", "time of day (7003)");
        }

        @Test
        void a_date_that_does_not_exist_is_refused() {
            assertRefused("(01)00303380049042(17)261301(10)C7", "(17) names a month");
            assertRefused("(01)00303380049042(17)270229(10)C7", "(17) names a day");
        }

        @Test
        void a_wristband_without_its_band_number_is_refused() {
            assertRefused("]d28018" + PATIENT, "(8019)");
        }

        @Test
        void a_label_of_several_things_is_refused() {
            assertRefused("(8018)" + PATIENT + "(8019)1(01)00303380049042", "several things");
            assertRefused("(8018)" + PATIENT + "(8017)" + PATIENT + "(8019)1", "several things");
            assertRefused("(01)00303380049042(17)261130(10)C7(92)CH:VP-0001/1", "several things");
        }

        @Test
        void a_carton_label_is_not_a_bag() {
            assertRefused("(00)" + CheckDigit.append("00095212340000001"), "carton");
            assertRefused("(02)00303380049042(37)24", "carton");
        }

        @Test
        void an_unknown_field_is_refused() {
            assertRefused("]d20100303380049042" + "05123456", "after the field (01) stands no known field");
            assertRefused("hello", "it begins with no known field");
        }

        @Test
        void a_bracket_inside_a_typed_field_is_refused() {
            assertRefused("(01)00303380049042(17)261130(10)A(17)271130", "(17) appears twice");
            assertRefused("(01)00303380049042(17)261130(10)A)B", "bracket");
            assertRefused("(01)00303380049042(17)261130(10)A(B", "bracket");
            assertRefused("(01)00303380049042(17)261130(10)A(B)", "no known field");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 8, 9, 10, 13, 27, 28, 30, 31, 127})
        void a_control_character_is_refused_wherever_it_stands(int character) {
            var control = Character.toString(character);
            assertRefused(control, "control characters");
            assertRefused(control + "]d2010030338004904217261130" + "10LOT7", "control characters");
            assertRefused("]d2010030338004904217261130" + "10LOT7" + control, "control characters");
        }

        @ParameterizedTest
        @ValueSource(strings = {"é", "０", "\u2028", "\ud800", "漢", " ", "#", "$", "@", "|", "^", "~"})
        void a_character_that_gs1_does_not_know_is_refused(String character) {
            assertRefused("]d2010030338004904217261130" + "10LO" + character + "T7", "(10) holds a character");
        }

        @Test
        void a_text_of_512_characters_is_looked_at_and_one_of_513_is_not() {
            assertRefused("9".repeat(512), "(99) is too long");
            assertRefused("9".repeat(513), "more text");
        }

        @ParameterizedTest
        @CsvSource({
            "'', Nothing",
            "']', not a GS1 label",
            "']d', not a GS1 label",
            "']d101003033800490421726113010LOT7', not a GS1 label",
            "']Q1(01)00303380049042(17)261130(10)LOT7', not a GS1 label",
            "']A0HELLO', not a GS1 label",
            "']E00303380049042', without expiry and lot",
            "'00303380049042', without expiry and lot",
            "'0303380049042', without expiry and lot",
            "'https://id.gs1.org/01/00303380049042', no known field",
            "'<script>alert(1)</script>', no known field"
        })
        void what_is_not_a_gs1_label_is_named(String text, String reason) {
            assertRefused(text, reason);
        }

        @Test
        void no_reason_quotes_a_patient_s_number() {
            var scan = read("]d28018" + PATIENT + GS + "99X");

            assertThat(scan.toString()).doesNotContain(PATIENT.substring(0, 17));
        }
    }

    @Nested
    class Prompts {
        private static final String BAND = "]d28018" + PATIENT + "\u001d80191";

        @Test
        void the_wanted_kind_passes() {
            assertThat(Barcodes.readAt(Prompt.WRISTBAND, BAND, NOW)).isInstanceOf(Scan.Wristband.class);
        }

        @Test
        void a_wristband_at_the_bag_prompt_is_refused_by_what_it_is() {
            assertThat(Barcodes.readAt(Prompt.BAG, BAND, NOW))
                    .isEqualTo(new Scan.Unreadable("This is a wristband.", "Scan the bag."));
        }

        @ParameterizedTest
        @CsvSource({
            "WRISTBAND, This is a medication bag., Scan the patient's wristband.",
            "PUMP, This is a medication bag., Scan the tag on the pump channel.",
            "BADGE, This is a medication bag., Scan your staff badge."
        })
        void every_prompt_says_what_it_wants(Prompt prompt, String reason, String remedy) {
            assertThat(Barcodes.readAt(prompt, "(01)00303380049042(17)261130(10)LOT7", NOW))
                    .isEqualTo(new Scan.Unreadable(reason, remedy));
        }

        @Test
        void a_damaged_label_keeps_its_own_reason() {
            assertThat(Barcodes.readAt(Prompt.BAG, "]d20100303380", NOW))
                    .isInstanceOfSatisfying(
                            Scan.Unreadable.class,
                            unreadable -> assertThat(unreadable.reason()).contains("(01) is cut short"));
        }
    }
}
