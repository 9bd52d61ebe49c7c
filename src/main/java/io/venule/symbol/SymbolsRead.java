package io.venule.symbol;

import java.util.List;

/** What a picture of a label came to. */
public sealed interface SymbolsRead {
    /**
     * One symbol, or several that say the same.
     *
     * @param text as a scanner would send it: symbology identifier such as {@code ]d2}, then the data with FNC1 as GS (0x1D)
     */
    record One(String text) implements SymbolsRead {}

    /** Symbols that do not agree; which one is meant is not for a machine to guess. T-60. */
    record Many(List<String> texts) implements SymbolsRead {
        public Many {
            texts = List.copyOf(texts);
        }

        public String reason() {
            return "The picture shows " + texts.size() + " codes that do not say the same.";
        }

        public String remedy() {
            return "Take the picture again with only one code in it.";
        }
    }

    /** No symbol was found. */
    record None(String reason, String remedy) implements SymbolsRead {}

    /** Not a picture that is looked at. */
    record Refused(String reason, String remedy) implements SymbolsRead {}
}
