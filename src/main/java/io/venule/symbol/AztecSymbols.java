package io.venule.symbol;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.FormatException;
import com.google.zxing.NotFoundException;
import com.google.zxing.Reader;
import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.aztec.AztecDetectorResult;
import com.google.zxing.aztec.decoder.Decoder;
import com.google.zxing.aztec.detector.Detector;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Aztec symbols, also those that program a scanner: their flag is the highest bit of the count of data words, which ZXing takes for a count too large to
 * be true. Source: ISO/IEC 24778, reader initialization symbols.
 */
final class AztecSymbols implements Reader {
    private static final int COMPACT_FLAG = 1 << 5;
    private static final int FULL_FLAG = 1 << 10;
    private static final int MAX_FULL_LAYERS_WITH_FLAG = 22;

    @Override
    public Result decode(BinaryBitmap image) throws NotFoundException, FormatException {
        return decode(image, Map.of());
    }

    @Override
    public Result decode(BinaryBitmap image, @Nullable Map<DecodeHintType, ?> hints)
            throws NotFoundException, FormatException {
        var detector = new Detector(image.getBlackMatrix());
        try {
            return decoded(detector.detect(false));
        } catch (NotFoundException | FormatException e) {
            return decoded(detector.detect(true));
        }
    }

    @Override
    public void reset() {
        // Nothing is kept from one picture to the next.
    }

    private static Result decoded(AztecDetectorResult found) throws FormatException {
        var flag = found.isCompact() ? COMPACT_FLAG : FULL_FLAG;
        var programs = found.getNbDatablocks() > flag
                && found.getNbLayers() <= (found.isCompact() ? 1 : MAX_FULL_LAYERS_WITH_FLAG);
        var content = new Decoder().decode(programs ? withoutFlag(found, flag) : found);
        var result = new Result(
                content.getText(),
                content.getRawBytes(),
                content.getNumBits(),
                found.getPoints(),
                BarcodeFormat.AZTEC,
                0);
        result.putMetadata(ResultMetadataType.SYMBOLOGY_IDENTIFIER, "]z" + content.getSymbologyModifier());
        if (programs) {
            result.putMetadata(ResultMetadataType.OTHER, ScannerProgramming.MARK);
        }
        return result;
    }

    private static AztecDetectorResult withoutFlag(AztecDetectorResult found, int flag) {
        return new AztecDetectorResult(
                found.getBits(),
                found.getPoints(),
                found.isCompact(),
                found.getNbDatablocks() - flag,
                found.getNbLayers());
    }
}
