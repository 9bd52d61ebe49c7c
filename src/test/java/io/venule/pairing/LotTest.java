package io.venule.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.venule.barcode.Scan;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bags a recall takes in. */
class LotTest {
    private static final String GTIN = "00303380049042";
    private static final String OTHER = "00300000000014";
    private static final LocalDate DAY = LocalDate.of(2027, 1, 31);

    @ParameterizedTest(name = "a recall of {0} {1} takes in a bag of {2} {3}: {4}")
    @CsvSource({
        GTIN + ", L1, " + GTIN + ", L1, true",
        GTIN + ", L1, " + GTIN + ", l1, true",
        GTIN + ", l1, " + GTIN + ", L1, true",
        GTIN + ", L1, " + OTHER + ", L1, false",
        GTIN + ", L1, " + GTIN + ", L2, false",
        GTIN + ", L1, " + GTIN + ", L11, false",
        GTIN + ", L11, " + GTIN + ", L1, false",
        "'', L1, " + GTIN + ", L1, true",
        "'', L1, " + OTHER + ", L1, true",
        "'', L1, " + OTHER + ", L2, false"
    })
    void a_makers_bag_is_of_the_lot_by_product_and_number(
            String gtin, String number, String bagGtin, String bagLot, boolean covered) {
        var bag = new Scan.ProductBag(bagGtin, DAY, bagLot, "S1");

        assertThat(new Lot(gtin, number).covers(bag)).isEqualTo(covered);
    }

    @ParameterizedTest(name = "a recall of {0} {1} takes in a pharmacy bag of lot {2}: {3}")
    @CsvSource({"'', L1, L1, true", "'', L1, L2, false", GTIN + ", L1, L1, false"})
    void a_pharmacys_bag_is_of_no_product(String gtin, String number, String bagLot, boolean covered) {
        var bag = new Scan.CompoundedBag("RX-1", bagLot, DAY, "S1");

        assertThat(new Lot(gtin, number).covers(bag)).isEqualTo(covered);
    }

    @Test
    void the_lot_of_a_bag_covers_it() {
        var product = new Scan.ProductBag(GTIN, DAY, "A/B-1", "S1");
        var compounded = new Scan.CompoundedBag("RX-1", "A/B-1", DAY, "S1");

        assertThat(Lot.of(product)).isEqualTo(new Lot(GTIN, "A/B-1"));
        assertThat(Lot.of(product).covers(product)).isTrue();
        assertThat(Lot.of(compounded)).isEqualTo(new Lot("", "A/B-1"));
        assertThat(Lot.of(compounded).covers(compounded)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "L 1", "L|1", "L1\n", "123456789012345678901", "Ü1", "#1", "$1", "@1", "[1"})
    void a_number_that_no_label_can_hold_is_refused(String number) {
        assertThatThrownBy(() -> new Lot(GTIN, number)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "12345678901234567890", "!\"%&'()*+,-./", "0:;<=>?AZ_az"})
    void a_number_of_the_labels_own_characters_is_taken(String number) {
        assertThat(new Lot(GTIN, number).number()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00303380049041", "303380049042", "0030338004904X", "000303380049042", " "})
    void a_product_number_that_is_none_is_refused(String gtin) {
        assertThatThrownBy(() -> new Lot(gtin, "L1")).isInstanceOf(IllegalArgumentException.class);
    }
}
