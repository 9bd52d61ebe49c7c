package io.venule.barcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HibcTest {
    private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";

    @Test
    void each_published_label_is_read_with_its_check_character_and_with_no_other() {
        var rows = Vectors.rows("hibc.csv");

        assertThat(rows).hasSize(12).allSatisfy(row -> {
            var data = row.get(0);
            var check = row.get(1).charAt(0);
            for (int i = 0; i < CHARACTERS.length(); i++) {
                var candidate = CHARACTERS.charAt(i);
                var label = Hibc.read(data + candidate);
                if (candidate == check) {
                    assertThat(label).isNotInstanceOf(Hibc.Damaged.class);
                } else {
                    assertThat(label).isEqualTo(new Hibc.Damaged("Its check character is wrong."));
                }
            }
        });
    }

    @Test
    void the_parts_are_kept_apart() {
        assertThat(Hibc.read("+A123BJC5D6E71G")).isEqualTo(new Hibc.Product("A123", "BJC5D6E7", 1, ""));
        assertThat(Hibc.read("+A123BJC5D6E71/$$52001510X3C"))
                .isEqualTo(new Hibc.Product("A123", "BJC5D6E7", 1, "$$52001510X3"));
        assertThat(Hibc.read("+$$52001510X3GD")).isEqualTo(new Hibc.Production("$$52001510X3", 'G'));
        assertThat(Hibc.read("+/KN12345A")).isEqualTo(new Hibc.Provider("KN12345"));
    }

    @Test
    void a_label_of_other_characters_or_of_no_known_parts_is_damaged() {
        assertThat(Hibc.read("+a123")).isInstanceOf(Hibc.Damaged.class);
        assertThat(Hibc.read("+")).isInstanceOf(Hibc.Damaged.class);
        assertThat(Hibc.read("+A" + Hibc.checkCharacter("+A"))).isInstanceOf(Hibc.Damaged.class);
    }

    @Test
    void an_hibc_label_is_named_and_is_no_bag() {
        var scan = Barcodes.readAt(Prompt.BAG, "+A123BJC5D6E71/$$52001510X3C", Instant.parse("2026-11-21T12:00:00Z"));

        assertThat(scan)
                .isInstanceOfSatisfying(
                        Scan.Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).contains("HIBC product label"));
    }
}
