package io.venule.symbol;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.ChecksumException;
import com.google.zxing.DecodeHintType;
import com.google.zxing.FormatException;
import com.google.zxing.NotFoundException;
import com.google.zxing.Reader;
import com.google.zxing.ReaderException;
import com.google.zxing.Result;
import com.google.zxing.ResultPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows a reader that looks only in the middle of a picture many parts of it, so that each place is once the middle, until it finds something. */
record Windowed(Reader reader) implements Reader {
    /** The smallest Data Matrix has 10 modules, and a module takes two pixels. */
    private static final int SMALLEST = 24;

    private static final int GRID = 6;

    /** A part of a picture. */
    record Window(int left, int top, int width, int height) {}

    /** The whole of a picture first, then its parts. */
    static List<Window> of(int width, int height) {
        var whole = new Window(0, 0, width, height);
        var halfWidth = width / 2;
        var halfHeight = height / 2;
        if (halfWidth < SMALLEST || halfHeight < SMALLEST) {
            return List.of(whole);
        }
        var right = width - halfWidth;
        var bottom = height - halfHeight;
        return List.of(
                whole,
                new Window(0, 0, halfWidth, height),
                new Window(right, 0, halfWidth, height),
                new Window(0, 0, width, halfHeight),
                new Window(0, bottom, width, halfHeight),
                new Window(0, 0, halfWidth, halfHeight),
                new Window(right, 0, halfWidth, halfHeight),
                new Window(0, bottom, halfWidth, halfHeight),
                new Window(right, bottom, halfWidth, halfHeight));
    }

    /** The whole, then a part around each point of a grid, as large as the edges allow. */
    private static List<Window> everywhere(int width, int height) {
        var windows = new ArrayList<Window>();
        windows.add(new Window(0, 0, width, height));
        for (int row = 1; row < GRID; row++) {
            for (int column = 1; column < GRID; column++) {
                var halfWidth = Math.min(width * column / GRID, width - width * column / GRID);
                var halfHeight = Math.min(height * row / GRID, height - height * row / GRID);
                if (2 * halfWidth >= SMALLEST && 2 * halfHeight >= SMALLEST) {
                    windows.add(new Window(
                            width * column / GRID - halfWidth,
                            height * row / GRID - halfHeight,
                            2 * halfWidth,
                            2 * halfHeight));
                }
            }
        }
        return List.copyOf(windows);
    }

    @Override
    public Result decode(BinaryBitmap image) throws NotFoundException, ChecksumException, FormatException {
        return decode(image, Map.of());
    }

    @Override
    public Result decode(BinaryBitmap image, @Nullable Map<DecodeHintType, ?> hints) throws NotFoundException {
        for (var window : everywhere(image.getWidth(), image.getHeight())) {
            try {
                var part = image.crop(window.left(), window.top(), window.width(), window.height());
                return inTheWhole(reader.decode(part, hints), window);
            } catch (ReaderException e) {
                // Not in this window; perhaps in the next.
                reader.reset();
            }
        }
        throw NotFoundException.getNotFoundInstance();
    }

    private static Result inTheWhole(Result found, Window window) {
        var points = found.getResultPoints().clone();
        for (int i = 0; i < points.length; i++) {
            points[i] = new ResultPoint(points[i].getX() + window.left(), points[i].getY() + window.top());
        }
        var moved = new Result(found.getText(), found.getRawBytes(), points, found.getBarcodeFormat());
        moved.putAllMetadata(found.getResultMetadata());
        return moved;
    }

    @Override
    public void reset() {
        reader.reset();
    }
}
