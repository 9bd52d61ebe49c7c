package io.venule.symbol;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.Reader;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks one reader after the other, so that ZXing's search beside a symbol of one kind finds one of another kind. */
record AnySymbol(List<Reader> readers) implements Reader {
    AnySymbol {
        readers = List.copyOf(readers);
    }

    @Override
    public Result decode(BinaryBitmap image) throws NotFoundException {
        return decode(image, Map.of());
    }

    @Override
    public Result decode(BinaryBitmap image, @Nullable Map<DecodeHintType, ?> hints) throws NotFoundException {
        for (var reader : readers) {
            try {
                return reader.decode(image, hints);
            } catch (ReaderException e) {
                // This kind is not there; the next one may be.
                reader.reset();
            }
        }
        throw NotFoundException.getNotFoundInstance();
    }

    @Override
    public void reset() {
        readers.forEach(Reader::reset);
    }
}
