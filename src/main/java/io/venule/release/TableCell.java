package io.venule.release;

import io.venule.quantity.Decimal;
import java.util.regex.Pattern;

/**
 * A cell as spreadsheets show and spoil it. What one would take for a formula gets an apostrophe before it, and so does what begins with one, so that taking
 * the first apostrophe away always gives back what was meant. Source: RFC 4180; CWE-1236; threat T-13.
 */
final class TableCell {
    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";
    private static final String APOSTROPHE = "'";
    private static final Pattern DECIMAL_COMMA = Pattern.compile("(0|[1-9][0-9]*),[0-9]+");
    private static final Pattern THOUSANDS =
            Pattern.compile("[1-9][0-9]{0,2}([,.'\u2019 \u00A0\u202F][0-9]{3})+([,.][0-9]+)?");
    private static final Pattern EXPONENT = Pattern.compile("[-+]?[0-9]*[.,]?[0-9]+[eE][-+]?[0-9]+");
    private static final Pattern LOOSE = Pattern.compile("[0-9]*\\.?[0-9]*");

    private TableCell() {}

    /** In quotes, its own doubled; harmless to whatever opens it. */
    static String quoted(String text) {
        var shown = isFormula(text) || text.startsWith(APOSTROPHE) ? APOSTROPHE + text : text;
        return '"' + shown.replace("\"", "\"\"") + '"';
    }

    static String meant(String cell) {
        return cell.startsWith(APOSTROPHE) ? cell.substring(1) : cell;
    }

    /** Spreadsheets take these as the beginning of a formula, of full width or not, and after blanks too. */
    private static boolean isFormula(String text) {
        return !text.isEmpty()
                && ("\t\r\n".indexOf(text.charAt(0)) >= 0
                        || FORMULA.indexOf((text.stripLeading() + " ").charAt(0)) >= 0);
    }

    /** Why a cell is no decimal, and what to write. */
    record Spoilt(String problem, String remedy) {}

    /** Of a cell that {@link Decimal#parse} does not take. */
    static Spoilt spoilt(String cell) {
        var said = '"' + cell + "\" ";
        if (!cell.strip().equals(cell)) {
            return new Spoilt(said + "has blanks before or after it", "Take them out");
        }
        if (EXPONENT.matcher(cell).matches()) {
            return new Spoilt(
                    said + "is written with an exponent",
                    "Write every digit, such as 0.001; format the column as text");
        }
        var thousands = THOUSANDS.matcher(cell).matches();
        if (DECIMAL_COMMA.matcher(cell).matches()) {
            return new Spoilt(
                    said + (thousands ? "has a comma, decimal or of thousands" : "has a decimal comma"),
                    "Write a decimal point, and no sign between thousands, such as 0.9 or 1000");
        }
        if (thousands) {
            return new Spoilt(said + "has a sign between thousands", "Write the digits together, such as 1000");
        }
        if (cell.startsWith("#")) {
            return new Spoilt(said + "is a spreadsheet's error or a column too narrow", "Write the number again");
        }
        return LOOSE.matcher(cell).matches()
                ? loose(cell, said)
                : new Spoilt(said + "is not a number", "Write digits, such as 0.5, or leave the cell empty");
    }

    private static Spoilt loose(String cell, String said) {
        if (cell.startsWith(".") || cell.endsWith(".")) {
            return new Spoilt(
                    said + "has no digit on one side of its point", "Write digits on both sides, such as 0.9");
        }
        if (cell.contains(".") && cell.endsWith("0")) {
            return new Spoilt(said + "ends with a zero after its point", "Take such zeros out: 0.9, not 0.90");
        }
        if (cell.startsWith("0") && !cell.startsWith("0.")) {
            return new Spoilt(said + "begins with a zero", "Take such zeros out: 9, not 09");
        }
        return new Spoilt(said + "has more digits than are kept", "Write at most 9 after the point, and 18 in all");
    }
}
