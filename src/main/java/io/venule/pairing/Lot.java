package io.venule.pairing;

import io.venule.barcode.CheckDigit;
import io.venule.barcode.Scan;
import java.util.regex.Pattern;

/**
 * A lot of bags, as a recall names it.
 *
 * @param gtin the product, 14 digits; empty for whatever carries this lot number, a pharmacy's own bags included
 * @param number as the label states it: GS1's AI (10), one to twenty characters of GS1's set 82
 */
public record Lot(String gtin, String number) {
    private static final Pattern GTIN = Pattern.compile("[0-9]{14}");
    private static final Pattern NUMBER = Pattern.compile("[!-\"%-?A-Z_a-z]{1,20}");

    public Lot {
        if (!gtin.isEmpty() && !(GTIN.matcher(gtin).matches() && CheckDigit.isRight(gtin))) {
            throw new IllegalArgumentException("a GTIN has 14 digits, the last of them its check digit");
        }
        if (!NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException("a lot has 1 to 20 characters, and no space");
        }
    }

    /** The lot that the bag is of; a pharmacy's own has no product number. */
    public static Lot of(Scan.Bag bag) {
        return switch (bag) {
            case Scan.ProductBag product -> new Lot(product.gtin(), product.lot());
            case Scan.CompoundedBag compounded -> new Lot("", compounded.lot());
        };
    }

    /** Whether the bag is of this lot. Letters count the same in either case: a recall is often typed from a letter, and one that misses its lot is worse than one that takes in another. */
    public boolean covers(Scan.Bag bag) {
        return number.equalsIgnoreCase(bag.lot())
                && switch (bag) {
                    case Scan.ProductBag product -> gtin.isEmpty() || gtin.equals(product.gtin());
                    case Scan.CompoundedBag _ -> gtin.isEmpty();
                };
    }
}
