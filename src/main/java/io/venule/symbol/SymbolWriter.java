package io.venule.symbol;

import com.google.zxing.ChecksumException;
import com.google.zxing.FormatException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.datamatrix.decoder.Decoder;
import com.google.zxing.datamatrix.encoder.DefaultPlacement;
import com.google.zxing.datamatrix.encoder.ErrorCorrection;
import com.google.zxing.datamatrix.encoder.SymbolInfo;
import com.google.zxing.datamatrix.encoder.SymbolShapeHint;

/**
 * Draws the symbol of a label's text, as a square. ZXing writes FNC1 only with its compact encoder, which garbles texts whose end just fills a symbol, or throws; so the text is written here, in
 * the plain ASCII encodation, and ZXing does the rest: sizes, error correction, placement. Source: ISO/IEC 16022, 5.2.3 and annex B; GS1 General Specifications, 5.6.
 */
public final class SymbolWriter {
    private static final String GS1_DATA_MATRIX = "]d2";
    private static final char GS = '\u001d';
    private static final int LAST_ASCII = 127;

    private static final char FNC1 = 232;
    private static final char FIRST_PAIR = 130;
    private static final char PAD = 129;

    private SymbolWriter() {}

    /**
     * The GS1 Data Matrix (FNC1 first) that a scanner will send as {@code elementString}.
     *
     * @param elementString as {@code Labels.of} writes it: {@code ]d2} and the fields, FNC1 as GS
     */
    public static PrintedSymbol dataMatrix(String elementString) {
        if (!elementString.startsWith(GS1_DATA_MATRIX) || elementString.length() == GS1_DATA_MATRIX.length()) {
            throw new IllegalArgumentException("not the text of a GS1 Data Matrix");
        }
        var data = elementString.substring(GS1_DATA_MATRIX.length());
        var drawn = drawn(codewords(data));
        // No symbol leaves here unread.
        if (!readsAs(drawn, data)) {
            throw new IllegalStateException("the symbol does not read back as its text");
        }
        return new PrintedSymbol(drawn);
    }

    /** FNC1, then two digits or one other character each. */
    private static String codewords(String data) {
        var words = new StringBuilder().append(FNC1);
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            if (c > LAST_ASCII) {
                throw new IllegalArgumentException("GS1 texts are ASCII");
            }
            if (c == GS) {
                words.append(FNC1);
            } else if (isDigit(c) && i + 1 < data.length() && isDigit(data.charAt(i + 1))) {
                words.append((char) (FIRST_PAIR + 10 * (c - '0') + (data.charAt(i + 1) - '0')));
                i++;
            } else {
                words.append((char) (c + 1));
            }
        }
        return words.toString();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static BitMatrix drawn(String words) {
        var size = SymbolInfo.lookup(words.length(), SymbolShapeHint.FORCE_SQUARE);
        var all = ErrorCorrection.encodeECC200(padded(words, size.getDataCapacity()), size);
        var placed = new DefaultPlacement(all, size.getSymbolDataWidth(), size.getSymbolDataHeight());
        placed.place();
        var modules = new BitMatrix(size.getSymbolWidth(), size.getSymbolHeight());
        for (int y = 0; y < size.getSymbolHeight(); y++) {
            for (int x = 0; x < size.getSymbolWidth(); x++) {
                if (isBlack(x, y, size, placed)) {
                    modules.set(x, y);
                }
            }
        }
        return modules;
    }

    /** One pad, then pads that look like noise. */
    private static String padded(String words, int capacity) {
        var all = new StringBuilder(words);
        if (all.length() < capacity) {
            all.append(PAD);
        }
        while (all.length() < capacity) {
            int noisy = PAD + 149 * (all.length() + 1) % 253 + 1;
            all.append((char) (noisy <= 254 ? noisy : noisy - 254));
        }
        return all.toString();
    }

    /** Each region has a solid edge on its left and below, and every second module above and on its right. */
    private static boolean isBlack(int x, int y, SymbolInfo size, DefaultPlacement placed) {
        int width = size.matrixWidth + 2;
        int height = size.matrixHeight + 2;
        int column = x % width;
        int row = y % height;
        if (column == 0 || row == height - 1) {
            return true;
        }
        if (row == 0) {
            return column % 2 == 0;
        }
        if (column == width - 1) {
            return row % 2 == 1;
        }
        return placed.getBit(x / width * size.matrixWidth + column - 1, y / height * size.matrixHeight + row - 1);
    }

    private static boolean readsAs(BitMatrix symbol, String data) {
        try {
            return new Decoder().decode(symbol).getText().equals(GS + data);
        } catch (ChecksumException | FormatException e) {
            return false;
        }
    }
}
