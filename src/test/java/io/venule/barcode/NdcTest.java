package io.venule.barcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NdcTest {
    @Test
    void the_listed_codes_give_the_listed_gtins_and_the_incomplete_ones_are_refused() throws IOException {
        var file = Path.of(System.getProperty("vectors.dir", "../shared/vectors"), "../data/ndc.csv");
        Assumptions.assumeTrue(Files.isReadable(file), "data absent");

        for (var line : Files.readAllLines(file).stream().skip(1).toList()) {
            var cells = line.split(",", -1);
            var ndc = Ndc.parse(cells[0]);
            assertThat(ndc.map(Ndc::digits).orElse("")).isEqualTo(cells[1]);
            if (ndc.isPresent()) {
                assertThat(ndc.get().candidateGtin()).contains(cells[2]);
                assertThat(Ndc.tenDigitsOf(cells[2])).contains(cells[1]);
            } else if (!cells[2].isEmpty()) {
                assertThat(Ndc.tenDigitsOf(cells[2])).isEmpty();
                assertThat(CheckDigit.isRight(cells[2])).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0338-0049-04, 00338004904",
        "44567-640-01, 44567064001",
        "12345-6789-1, 12345678901",
        "00338-0049-04, 00338004904"
    })
    void the_billing_form_fills_the_short_part_with_a_zero(String ndc, String eleven) {
        assertThat(Ndc.parse(ndc).orElseThrow().elevenDigits()).contains(eleven);
    }

    @Test
    void a_code_of_eleven_or_twelve_digits_has_no_candidate_gtin() {
        assertThat(Ndc.parse("00338-0049-04").orElseThrow().candidateGtin()).isEmpty();
        assertThat(Ndc.parse("123456-7890-12").orElseThrow().candidateGtin()).isEmpty();
        assertThat(Ndc.parse("123456-7890-12").orElseThrow().elevenDigits()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0338004904",
                "52533-164",
                "0338-0807",
                "0338-0049-0x",
                "0338-049-04",
                "0338-0049-04-1",
                "٠338-0049-04"
            })
    void anything_else_is_refused(String text) {
        assertThat(Ndc.parse(text)).isEmpty();
    }
}
