package io.venule.release;

/**
 * One thing wrong in the library's text.
 *
 * @param file the file it is in, such as {@code drugs/dopamine.json}
 * @param entry the entry or product it is in, such as {@code dopamine/adult-icu/standard}; empty where it concerns the whole file
 * @param member the member that it concerns, as a path below the entry such as {@code dosing/dose/softLow}; empty where it concerns the whole entry
 * @param problem what is wrong, with the value
 * @param remedy what to do about it
 */
public record LibraryFault(String file, String entry, String member, String problem, String remedy) {
    /** {@code "drugs/dopamine.json, dopamine/adult-icu/standard: softHigh 40 is above hardHigh 30. Make the limits rise."} */
    public String sentence() {
        return file + (entry.isEmpty() ? "" : ", " + entry) + ": " + problem + ". " + remedy + ".";
    }
}
