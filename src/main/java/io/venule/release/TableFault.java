package io.venule.release;

/**
 * One thing wrong in a table of entries.
 *
 * @param row as a spreadsheet counts: the header is row 1
 * @param column the column's name; empty where it concerns the whole row
 * @param problem what is wrong, with the value
 * @param remedy what to do about it
 */
public record TableFault(int row, String column, String problem, String remedy) {
    /** {@code "row 7, doseSoftLow: \"0,9\" has a decimal comma. Write 0.9."} */
    public String sentence() {
        return "row " + row + (column.isEmpty() ? "" : ", " + column) + ": " + problem + ". " + remedy + ".";
    }
}
