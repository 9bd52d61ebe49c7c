package io.venule.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.barcode.CheckDigit;
import io.venule.barcode.Labels;
import io.venule.barcode.Scan;
import java.time.LocalDate;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a label may say can be printed and is read back as that. */
class SymbolWriterTest {
    private static final SymbolReader READER = new SymbolReader(SymbolReader.USUAL_BUDGET);
    private static final String GTIN = CheckDigit.append("0030338004904");
    private static final LocalDate EXPIRY = LocalDate.of(2027, 6, 30);
    private static final long SEED = 20_261_122;
    private static final int LABELS = 20_000;
    private static final int LONGEST = 20;
    /** Of those drawn, one in so many is looked at as a picture; all are decoded from their modules. */
    private static final int SEEN = 200;
    /** GS1's character set 82. Source: GS1 General Specifications, figure 7.11-1. */
    private static final String ALLOWED =
            "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    @Test
    void a_text_that_a_library_could_not_write_is_printed() {
        reads(new Scan.ProductBag(GTIN, EXPIRY, "DEMO1", "BAG100"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", ALLOWED})
    void any_lot_and_serial_number_is_printed(String characters) {
        var random = new Random(SEED);
        for (int i = 0; i < LABELS; i++) {
            var bag = new Scan.ProductBag(GTIN, EXPIRY, word(characters, random), word(characters, random));

            if (i % SEEN == 0) {
                reads(bag);
            } else {
                assertThat(SymbolWriter.dataMatrix(Labels.of(bag))).isNotNull();
            }
        }
    }

    @Test
    void a_text_outside_ascii_is_not_drawn() {
        assertThatThrownBy(() -> SymbolWriter.dataMatrix("]d210\u00e9")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String word(String characters, Random random) {
        return random.ints(1 + random.nextInt(LONGEST), 0, characters.length())
                .mapToObj(i -> String.valueOf(characters.charAt(i)))
                .collect(Collectors.joining());
    }

    private static void reads(Scan.ProductBag bag) {
        var text = Labels.of(bag);
        assertThat(READER.read(SymbolWriter.dataMatrix(text).png(5))).isEqualTo(new SymbolsRead.One(text));
    }
}
