package io.venule.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import io.venule.barcode.Labels;
import io.venule.barcode.Scan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compact encoder garbles texts whose end just fills a square: every tag printed must read back as itself. */
class PumpTagSymbolTest {
    @ParameterizedTest
    @ValueSource(strings = {"LVP-0001", "LVP-00001", "LVP-000001", "SYR-0001", "RACK-0009", "DEMO-0001", "ABCD"})
    void a_printed_pump_tag_reads_back_as_itself(String serial) {
        var text = Labels.of(new Scan.PumpTag(serial, 1));

        var read = new SymbolReader(SymbolReader.USUAL_BUDGET)
                .read(SymbolWriter.dataMatrix(text).png(8));

        assertThat(read).isEqualTo(new SymbolsRead.One(text));
    }
}
