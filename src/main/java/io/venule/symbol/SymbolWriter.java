package io.venule.symbol;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.ChecksumException;
import com.google.zxing.EncodeHintType;
import com.google.zxing.FormatException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.datamatrix.DataMatrixWriter;
import com.google.zxing.datamatrix.decoder.Decoder;
import com.google.zxing.datamatrix.encoder.SymbolShapeHint;
import java.util.EnumMap;
import java.util.List;

/** Draws the symbol of a label's text. */
public final class SymbolWriter {
    private static final String GS1_DATA_MATRIX = "]d2";

    /** Square where that can be read back, and otherwise a rectangle. */
    private static final List<SymbolShapeHint> SHAPES =
            List.of(SymbolShapeHint.FORCE_SQUARE, SymbolShapeHint.FORCE_RECTANGLE);

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
        return SHAPES.stream()
                .map(shape -> drawn(data, shape))
                .filter(symbol -> readsAs(symbol, data))
                .findFirst()
                .map(PrintedSymbol::new)
                .orElseThrow(() -> new IllegalStateException("no symbol reads back as its text"));
    }

    private static BitMatrix drawn(String data, SymbolShapeHint shape) {
        var hints = new EnumMap<EncodeHintType, Object>(EncodeHintType.class);
        hints.put(EncodeHintType.GS1_FORMAT, true);
        // ZXing writes the leading FNC1 only with its compact encoder.
        hints.put(EncodeHintType.DATA_MATRIX_COMPACT, true);
        hints.put(EncodeHintType.DATA_MATRIX_SHAPE, shape);
        return new DataMatrixWriter().encode(data, BarcodeFormat.DATA_MATRIX, 0, 0, hints);
    }

    /** The compact encoder garbles some texts whose end just fills the symbol, so that no symbol leaves here unread. */
    private static boolean readsAs(BitMatrix symbol, String data) {
        try {
            return new Decoder().decode(symbol).getText().equals('\u001d' + data);
        } catch (ChecksumException | FormatException e) {
            return false;
        }
    }
}
