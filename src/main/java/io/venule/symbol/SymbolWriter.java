package io.venule.symbol;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.datamatrix.DataMatrixWriter;
import com.google.zxing.datamatrix.encoder.SymbolShapeHint;
import java.util.EnumMap;

/** Draws the symbol of a label's text. */
public final class SymbolWriter {
    private static final String GS1_DATA_MATRIX = "]d2";

    private SymbolWriter() {}

    /**
     * The square GS1 Data Matrix (FNC1 first) that a scanner will send as {@code elementString}.
     *
     * @param elementString as {@code Labels.of} writes it: {@code ]d2} and the fields, FNC1 as GS
     */
    public static PrintedSymbol dataMatrix(String elementString) {
        if (!elementString.startsWith(GS1_DATA_MATRIX) || elementString.length() == GS1_DATA_MATRIX.length()) {
            throw new IllegalArgumentException("not the text of a GS1 Data Matrix");
        }
        var hints = new EnumMap<EncodeHintType, Object>(EncodeHintType.class);
        hints.put(EncodeHintType.GS1_FORMAT, true);
        // ZXing writes the leading FNC1 only with its compact encoder.
        hints.put(EncodeHintType.DATA_MATRIX_COMPACT, true);
        hints.put(EncodeHintType.DATA_MATRIX_SHAPE, SymbolShapeHint.FORCE_SQUARE);
        return new PrintedSymbol(new DataMatrixWriter()
                .encode(elementString.substring(GS1_DATA_MATRIX.length()), BarcodeFormat.DATA_MATRIX, 0, 0, hints));
    }
}
