package io.venule.symbol;

import com.google.zxing.LuminanceSource;
import com.google.zxing.PlanarYUVLuminanceSource;
import java.awt.image.BufferedImage;

/** A picture in 256 greys, row by row; never changed once made. */
final class GreyPicture {
    private final byte[] greys;
    private final int width;
    private final int height;

    private GreyPicture(byte[] greys, int width, int height) {
        this.greys = greys;
        this.width = width;
        this.height = height;
    }

    /** Greys by the usual weights of the eye, on white where the picture is transparent. */
    static GreyPicture of(BufferedImage image) {
        var width = image.getWidth();
        var height = image.getHeight();
        var greys = new byte[Math.multiplyExact(width, height)];
        var row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                greys[y * width + x] = (byte) grey(row[x]);
            }
        }
        return new GreyPicture(greys, width, height);
    }

    private static int grey(int argb) {
        var alpha = argb >>> 24;
        var grey = (306 * (argb >> 16 & 0xff) + 601 * (argb >> 8 & 0xff) + 117 * (argb & 0xff) + 512) >> 10;
        return (grey * alpha + 255 * (255 - alpha)) / 255;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Each pixel the mean of the nine around it: takes the grain out of a photograph. */
    GreyPicture blurred() {
        var out = greys.clone();
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                var sum = 0;
                for (int dy = -1; dy <= 1; dy++) {
                    var at = (y + dy) * width + x;
                    sum += (greys[at - 1] & 0xff) + (greys[at] & 0xff) + (greys[at + 1] & 0xff);
                }
                out[y * width + x] = (byte) (sum / 9);
            }
        }
        return new GreyPicture(out, width, height);
    }

    /** Half as wide and half as high, each pixel the mean of four. */
    GreyPicture halved() {
        var halfWidth = Math.max(1, width / 2);
        var halfHeight = Math.max(1, height / 2);
        var out = new byte[halfWidth * halfHeight];
        for (int y = 0; y < halfHeight; y++) {
            for (int x = 0; x < halfWidth; x++) {
                var sum = at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1);
                out[y * halfWidth + x] = (byte) (sum / 4);
            }
        }
        return new GreyPicture(out, halfWidth, halfHeight);
    }

    /** Turned by a quarter, for bars that lie across. */
    GreyPicture turned() {
        var out = new byte[greys.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                out[(width - 1 - x) * height + y] = greys[y * width + x];
            }
        }
        return new GreyPicture(out, /* width= */ height, /* height= */ width);
    }

    LuminanceSource source() {
        return new PlanarYUVLuminanceSource(greys, width, height, 0, 0, width, height, false);
    }

    private int at(int x, int y) {
        return greys[Math.min(y, height - 1) * width + Math.min(x, width - 1)] & 0xff;
    }
}
