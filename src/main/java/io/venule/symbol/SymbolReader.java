package io.venule.symbol;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.NotFoundException;
import com.google.zxing.Reader;
import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.datamatrix.DataMatrixReader;
import com.google.zxing.multi.GenericMultipleBarcodeReader;
import com.google.zxing.oned.Code128Reader;
import com.google.zxing.qrcode.QRCodeReader;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads Data Matrix, Code 128, QR and Aztec symbols from a picture. Tries the picture as it is, blurred, at half size and turned, and only then ZXing's slow
 * search, and stops at the first step that finds anything or when its time is up. The text found is not trusted here: {@code Barcodes.read} decides
 * what it means. Tests: T-59, T-60.
 */
public final class SymbolReader {
    /** What reading one picture may cost; a step that has begun is finished. */
    public static final Duration USUAL_BUDGET = Duration.ofMillis(500);

    private static final List<Symbology> SYMBOLOGIES = List.of(
            new Symbology(DataMatrixReader::new, true),
            new Symbology(Code128Reader::new, false),
            new Symbology(QRCodeReader::new, false),
            new Symbology(AztecSymbols::new, true));
    private static final int LONGEST_SIDE_BESIDE = 1_000;
    private static final String TRY_AGAIN =
            "Take the picture again: closer, sharp, in even light, the whole code with a white margin.";

    /** One kind of symbol; a reader that looks for it in the middle of the picture only is shown parts of the picture too. */
    private record Symbology(Supplier<Reader> reader, boolean inTheMiddleOnly) {
        private List<LuminanceSource> windows(GreyPicture picture) {
            var source = picture.source();
            return !inTheMiddleOnly
                    ? List.of(source)
                    : Windowed.of(picture.width(), picture.height()).stream()
                            .map(part -> source.crop(part.left(), part.top(), part.width(), part.height()))
                            .toList();
        }

        private Reader everywhere() {
            return inTheMiddleOnly ? new Windowed(reader.get()) : reader.get();
        }
    }

    private final Duration budget;

    /** A reader that takes no new step once {@code budget} is spent. */
    public SymbolReader(Duration budget) {
        this.budget = budget;
    }

    /** Reads a PNG or JPEG file of at most 8 MiB and 40 million pixels. */
    public SymbolsRead read(byte[] file) {
        var begun = System.nanoTime();
        return switch (Pictures.open(file)) {
            case Pictures.Opened.Refused(var reason, var remedy) -> new SymbolsRead.Refused(reason, remedy);
            case Pictures.Opened.Picture(var picture) -> search(picture, begun);
        };
    }

    private SymbolsRead search(GreyPicture picture, long begun) {
        List<Supplier<Map<String, String>>> ladder = List.of(
                () -> found(picture, false),
                () -> found(picture.blurred(), false),
                () -> found(picture.halved(), false),
                () -> found(picture.turned(), false),
                () -> found(picture, true));
        for (var step : ladder) {
            var texts = step.get();
            if (texts.containsValue(ScannerProgramming.MARK)) {
                return new SymbolsRead.Refused(
                        "This code programs scanners; it is no label.",
                        "Do not use it, and report it to biomedical engineering.");
            }
            if (texts.size() == 1) {
                return new SymbolsRead.One(texts.values().iterator().next());
            }
            if (texts.size() > 1) {
                return new SymbolsRead.Many(List.copyOf(texts.values()));
            }
            if (System.nanoTime() - begun > budget.toNanos()) {
                return new SymbolsRead.None("No code was found in the time there is.", TRY_AGAIN);
            }
        }
        return new SymbolsRead.None("No code was found in the picture.", TRY_AGAIN);
    }

    /** The texts found, by their data: a linear and a square symbol that say the same count once. */
    private static Map<String, String> found(GreyPicture picture, boolean harder) {
        var texts = new LinkedHashMap<String, String>();
        for (var symbology : SYMBOLOGIES) {
            for (var window : symbology.windows(picture)) {
                add(all(symbology.reader().get(), window, harder), texts);
            }
        }
        if (!texts.isEmpty()) {
            var readers = SYMBOLOGIES.stream().map(Symbology::everywhere).toList();
            add(all(new AnySymbol(readers), small(picture).source(), harder), texts);
        }
        return texts;
    }

    /** The search beside a symbol looks everywhere and so costs many times as much as the first one. */
    private static GreyPicture small(GreyPicture picture) {
        return Math.max(picture.width(), picture.height()) > LONGEST_SIDE_BESIDE ? small(picture.halved()) : picture;
    }

    private static void add(List<Result> results, Map<String, String> texts) {
        for (var result : results) {
            var data = data(result);
            if (!data.isEmpty()) {
                texts.putIfAbsent(data, text(result, data));
            }
        }
    }

    private static List<Result> all(Reader reader, LuminanceSource window, boolean harder) {
        var hints = new EnumMap<DecodeHintType, Object>(DecodeHintType.class);
        hints.put(DecodeHintType.ASSUME_GS1, true);
        if (harder) {
            hints.put(DecodeHintType.TRY_HARDER, true);
        }
        try {
            return List.of(new GenericMultipleBarcodeReader(reader)
                    .decodeMultiple(new BinaryBitmap(new HybridBinarizer(window)), hints));
        } catch (NotFoundException e) {
            return List.of();
        } catch (RuntimeException e) {
            // ZXing's detectors trip over some pictures (index out of bounds, division by zero); for them there is no
            // such symbol in it.
            return List.of();
        }
    }

    /**
     * The data without the leading FNC1, which the symbology identifier already tells: ZXing leaves it in a Data Matrix's text as GS and writes it into a Code
     * 128's as {@code ]C1}.
     */
    private static String data(Result result) {
        var text = result.getText();
        if (text.startsWith("]C1")) {
            return text.substring(3);
        }
        return identifier(result).equals("]d2") && text.startsWith("\u001d") ? text.substring(1) : text;
    }

    private static String text(Result result, String data) {
        return ScannerProgramming.isIn(result) ? ScannerProgramming.MARK : identifier(result) + data;
    }

    private static String identifier(Result result) {
        return result.getResultMetadata() != null
                        && result.getResultMetadata().get(ResultMetadataType.SYMBOLOGY_IDENTIFIER)
                                instanceof String identifier
                ? identifier
                : "";
    }
}
