package io.venule.barcode;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the element strings of our own labels: what a scanner will send when it reads the printed GS1 Data Matrix, {@code ]d2} and then the fields with FNC1 as
 * GS. Fields of predefined length come first, so that a symbol needs fewest separators. Data that {@link Barcodes#read} would refuse is a programming error.
 * Source: docs/barcodes.md.
 */
public final class Labels {
    /** Symbology identifier of a GS1 Data Matrix. */
    public static final String GS1_DATA_MATRIX = "]d2";

    private Labels() {}

    public static String of(Scan.Wristband band) {
        return written(Map.of("8018", band.gsrn(), "8019", band.instance()));
    }

    /** A bag as its manufacturer labels it; the serial is left out where it is empty. */
    public static String of(Scan.ProductBag bag) {
        var fields = fields(bag);
        fields.put("01", bag.gtin());
        return written(fields);
    }

    /**
     * The pharmacy's label on a bag it compounded.
     *
     * @param pharmacyGtin the GTIN under which the hospital compounds, from its own company prefix; GS1 requires one beside lot and expiry
     */
    public static String of(Scan.CompoundedBag bag, String pharmacyGtin) {
        var fields = fields(bag);
        fields.put("01", pharmacyGtin);
        fields.put(Meaning.ORDER, Meaning.ORDER_MARK + bag.prescription());
        return written(fields);
    }

    public static String of(Scan.PumpTag tag) {
        return written(Map.of(Meaning.CHANNEL, Meaning.CHANNEL_MARK + tag.serial() + "/" + tag.channel()));
    }

    /** A badge: GSRN of the provider (8017) and, behind a slash, which badge of theirs (8019). */
    public static String of(Scan.Badge badge) {
        var slash = badge.number().indexOf('/');
        return slash < 0
                ? written(Map.of("8017", badge.number()))
                : written(Map.of(
                        "8017",
                        badge.number().substring(0, slash),
                        "8019",
                        badge.number().substring(slash + 1)));
    }

    /** The text printed beside the symbol: {@code (01)09521234…(17)261130(10)LOT}. */
    public static String printed(String elementString) {
        return switch (ElementStrings.cut(elementString.substring(GS1_DATA_MATRIX.length()))) {
            case ElementStrings.Cut.Fields(var fields) ->
                fields.entrySet().stream()
                        .map(field -> "(" + field.getKey() + ")" + field.getValue())
                        .collect(Collectors.joining());
            case ElementStrings.Cut.Malformed(var reason) -> throw new IllegalArgumentException(reason);
        };
    }

    private static Map<String, String> fields(Scan.Bag bag) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("17", CalendarDay.write(bag.expiry()));
        fields.put("10", bag.lot());
        if (!bag.serial().isEmpty()) {
            fields.put("21", bag.serial());
        }
        return fields;
    }

    private static String written(Map<String, String> fields) {
        var text = new StringBuilder(GS1_DATA_MATRIX);
        var open = false;
        var inOrder = new TreeMap<String, String>(Labels::inOrder);
        inOrder.putAll(fields);
        for (var field : inOrder.entrySet()) {
            var code = field.getKey();
            var data = field.getValue();
            var identifier = ApplicationIdentifiers.at(code, 0).orElseThrow();
            var fault = identifier.format().check(data);
            if (fault.isPresent()) {
                throw new IllegalArgumentException(
                        "(" + code + ") " + fault.get().words());
            }
            text.append(open ? String.valueOf(ElementStrings.SEPARATOR) : "")
                    .append(code)
                    .append(data);
            open = !identifier.predefinedLength();
        }
        return text.toString();
    }

    private static int inOrder(String one, String other) {
        var onePredefined = ApplicationIdentifiers.at(one, 0).orElseThrow().predefinedLength();
        var otherPredefined = ApplicationIdentifiers.at(other, 0).orElseThrow().predefinedLength();
        return onePredefined == otherPredefined ? one.compareTo(other) : onePredefined ? -1 : 1;
    }
}
