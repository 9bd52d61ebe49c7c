package io.venule.barcode;

import java.util.regex.Pattern;

/**
 * A Health Industry Bar Code (HIBC) label, read as far as we need to name it. Venule's products are known by GTIN, so an HIBC label is
 * recognised and refused as a bag. Source: ANSI/HIBC 2.6 (supplier labels), ANSI/HIBC PAS 1.3 (provider labels).
 */
public sealed interface Hibc {
    /**
     * A supplier's label with the product: labeler code, product number, unit of measure (0 to 9), and what follows behind the slash (lot and dates; may be
     * empty).
     */
    record Product(String labeler, String product, int unit, String production) implements Hibc {}

    /** A supplier's second label with lot and dates alone; {@code link} is the check character of the product label it belongs to. */
    record Production(String data, char link) implements Hibc {}

    /** A label of a care provider's own: patient, place, order and so on. */
    record Provider(String data) implements Hibc {}

    /** Not a whole HIBC label, and why. */
    record Damaged(String reason) implements Hibc {}

    /** Reads a label that begins with {@code +} and ends with its check character. */
    static Hibc read(String label) {
        return Reader.read(label);
    }

    /** The check character: the sum of the characters' values modulo 43. */
    static char checkCharacter(String data) {
        return Reader.CHARACTERS.charAt(
                data.chars().map(Reader.CHARACTERS::indexOf).sum() % Reader.CHARACTERS.length());
    }

    /** Takes a label apart. */
    final class Reader {
        /** The 43 characters in the order of their values. */
        private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";

        private static final Pattern PRODUCT =
                Pattern.compile("\\+([A-Z][A-Z0-9]{3})([A-Z0-9]{1,18})([0-9])(?:/(?<production>.+))?");
        private static final Pattern PRODUCTION = Pattern.compile("\\+(\\$.+|[0-9]{5}.*)(.)");
        private static final Pattern PROVIDER = Pattern.compile("\\+/([A-Z].+)");

        private Reader() {}

        private static Hibc read(String label) {
            if (label.length() < 3 || !label.startsWith("+") || !CharacterSets.allOf(CHARACTERS, label)) {
                return new Damaged("It holds characters that no HIBC label has.");
            }
            var data = label.substring(0, label.length() - 1);
            if (label.charAt(label.length() - 1) != checkCharacter(data)) {
                return new Damaged("Its check character is wrong.");
            }
            var product = PRODUCT.matcher(data);
            if (product.matches()) {
                var from = product.start("production");
                return new Product(
                        product.group(1),
                        product.group(2),
                        product.group(3).charAt(0) - '0',
                        from < 0 ? "" : data.substring(from));
            }
            var production = PRODUCTION.matcher(data);
            if (production.matches()) {
                return new Production(production.group(1), production.group(2).charAt(0));
            }
            var provider = PROVIDER.matcher(data);
            return provider.matches()
                    ? new Provider(provider.group(1))
                    : new Damaged("Its parts are not those of an HIBC label.");
        }
    }
}
