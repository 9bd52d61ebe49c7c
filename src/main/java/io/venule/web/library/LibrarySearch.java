package io.venule.web.library;

import io.venule.barcode.Barcodes;
import io.venule.barcode.Scan;
import io.venule.druglibrary.DrugLibrary;
import io.venule.druglibrary.LibraryEntry;
import io.venule.druglibrary.Product;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds entries by care area and by anything on the label: drug name, code, therapy, entry id, GTIN, NDC, or the scanned text of a bag.
 * Source: EXPECTATIONS row 16.
 */
final class LibrarySearch {
    private static final Comparator<LibraryEntry> ORDER = Comparator.comparing(
                    (LibraryEntry entry) -> entry.drug().name())
            .thenComparing(LibraryEntry::careArea)
            .thenComparing(LibraryEntry::therapy)
            .thenComparing(LibraryEntry::id);

    private LibrarySearch() {}

    /** All entries that fit, by drug; an empty text or area takes all. */
    static List<LibraryEntry> find(DrugLibrary library, String careArea, String text, Instant now) {
        var wanted = text.strip();
        var drug = drugOnLabel(library, wanted, now);
        return library.entries().stream()
                .filter(entry -> careArea.isEmpty() || entry.careArea().equals(careArea))
                .filter(entry -> drug.isEmpty()
                        ? fits(entry, wanted.toLowerCase(Locale.ROOT))
                        : entry.drug().code().equals(drug))
                .sorted(ORDER)
                .toList();
    }

    private static boolean fits(LibraryEntry entry, String text) {
        return text.isEmpty()
                || entry.drug().name().toLowerCase(Locale.ROOT).contains(text)
                || entry.drug().tallMan().toLowerCase(Locale.ROOT).contains(text)
                || entry.therapy().toLowerCase(Locale.ROOT).contains(text)
                || entry.id().contains(text)
                || (!entry.drug().rxnorm().isEmpty() && entry.drug().rxnorm().equals(text));
    }

    /** The code of the drug that a product number or a scanned bag stands for; empty where the text is neither. */
    private static String drugOnLabel(DrugLibrary library, String text, Instant now) {
        if (text.isEmpty()) {
            return "";
        }
        var number = Barcodes.read(text, now) instanceof Scan.ProductBag bag ? bag.gtin() : text;
        return library.products().stream()
                .filter(product -> isNumberOf(product, number))
                .map(Product::drug)
                .findFirst()
                .orElse("");
    }

    private static boolean isNumberOf(Product product, String number) {
        return product.gtin().equals(number) || isNdcOf(product, number) || isShortGtinOf(product, number);
    }

    private static boolean isNdcOf(Product product, String number) {
        return !product.ndc().isEmpty()
                && (product.ndc().equals(number)
                        || product.ndc().replace("-", "").equals(number));
    }

    private static boolean isShortGtinOf(Product product, String number) {
        return number.matches("[0-9]{8,13}") && product.gtin().equals("0".repeat(14 - number.length()) + number);
    }
}
