package io.venule.barcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String PHARMACY = CheckDigit.append("0952123400001");
    private static final String NAME = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_written_is_read_again(long seed) {
        var random = new Random(seed);
        var band = new Scan.Wristband(
                CheckDigit.append(some(random, "0123456789", 17, 17)), some(random, "0123456789", 1, 10));
        var product = new Scan.ProductBag(
                CheckDigit.append(some(random, "0123456789", 13, 13)),
                NOW.atZone(java.time.ZoneOffset.UTC).toLocalDate().plusDays(random.nextInt(-5000, 15000)),
                some(random, CharacterSets.CSET_82, 1, 20),
                some(random, CharacterSets.CSET_82, 0, 20));
        var compounded = new Scan.CompoundedBag(
                name(random), product.lot(), product.expiry(), some(random, CharacterSets.CSET_82, 1, 20));
        var tag = new Scan.PumpTag(name(random), random.nextInt(1, 33));
        var badge = new Scan.Badge(band.gsrn() + (random.nextBoolean() ? "/" + band.instance() : ""));

        assertThat(Barcodes.read(Labels.of(band), NOW)).isEqualTo(band);
        assertThat(Barcodes.read(Labels.of(product), NOW)).isEqualTo(product);
        assertThat(Barcodes.read(Labels.of(compounded, PHARMACY), NOW)).isEqualTo(compounded);
        assertThat(Barcodes.read(Labels.of(tag), NOW)).isEqualTo(tag);
        assertThat(Barcodes.read(Labels.of(badge), NOW)).isEqualTo(badge);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void one_changed_character_never_makes_another_patient_or_product(long seed) {
        var random = new Random(seed);
        var band = new Scan.Wristband(CheckDigit.append(some(random, "0123456789", 17, 17)), "1");
        var text = new StringBuilder(Labels.of(band));
        var at = random.nextInt(7, 25);
        text.setCharAt(at, (char) ('0' + (text.charAt(at) - '0' + random.nextInt(1, 10)) % 10));

        assertThat(Barcodes.read(text.toString(), NOW)).isInstanceOf(Scan.Unreadable.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_text_gets_an_answer(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "]d2" : "");
            for (int parts = random.nextInt(1, 8); parts > 0; parts--) {
                text.append(
                        switch (random.nextInt(5)) {
                            case 0 -> "01" + CheckDigit.append(some(random, "0123456789", 13, 13));
                            case 1 -> "\u001d";
                            case 2 -> "17" + some(random, "0123456789", 6, 6);
                            case 3 -> "10" + some(random, CharacterSets.CSET_82, 0, 25);
                            default -> some(random, CharacterSets.CSET_82 + "\u001d\r\u0000é()]", 0, 30);
                        });
            }
            var scan = Barcodes.read(text.toString(), NOW);
            if (scan instanceof Scan.ProductBag bag) {
                assertThat(Barcodes.read(Labels.of(bag), NOW)).isEqualTo(bag);
            }
        }
    }

    @Test
    void fields_of_predefined_length_come_first_and_no_separator_ends_the_text() {
        var bag = new Scan.CompoundedBag("RX-1001", "C2611A", LocalDate.of(2026, 11, 30), "0001");

        assertThat(Labels.of(bag, PHARMACY))
                .isEqualTo("]d201" + PHARMACY + "17261130" + "10C2611A\u001d210001\u001d91RX:RX-1001");
        assertThat(Labels.printed(Labels.of(bag, PHARMACY)))
                .isEqualTo("(01)" + PHARMACY + "(17)261130(10)C2611A(21)0001(91)RX:RX-1001");
    }

    @Test
    void what_could_not_be_read_again_is_not_written() {
        assertThatThrownBy(() -> Labels.of(new Scan.Wristband("952123400000000170", "1")))
                .hasMessageContaining("(8018) has a wrong check digit");
        assertThatThrownBy(
                        () -> Labels.of(new Scan.ProductBag(PHARMACY, LocalDate.of(2026, 11, 30), "A".repeat(21), "1")))
                .hasMessageContaining("(10) is too long");
        assertThatThrownBy(() ->
                        Labels.of(new Scan.ProductBag(PHARMACY, LocalDate.of(2026, 11, 30), "A\u001d17991231", "1")))
                .hasMessageContaining("(10) holds a character");
        assertThatThrownBy(() -> CheckDigit.append("12x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Labels.of(new Scan.PumpTag("VP 1", 1))).isInstanceOf(IllegalArgumentException.class);
    }

    private static String name(Random random) {
        return some(random, NAME, 1, 1) + some(random, NAME + "-", 2, 18) + some(random, NAME, 1, 1);
    }

    private static String some(Random random, String set, int shortest, int longest) {
        var text = new StringBuilder();
        for (int length = random.nextInt(shortest, longest + 1); length > 0; length--) {
            text.append(set.charAt(random.nextInt(set.length())));
        }
        return text.toString();
    }
}
