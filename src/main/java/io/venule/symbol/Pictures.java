package io.venule.symbol;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Opens a PNG or JPEG that a stranger may have made: the size is read from the header and refused before a pixel is decoded, text and colour chunks are
 * skipped, and a large picture is thinned while it is read.
 */
final class Pictures {
    static final int MAX_BYTES = 8 * 1024 * 1024;
    static final long MAX_PIXELS = 40_000_000;
    /** Enough for a symbol that fills a tenth of a phone's picture; reading costs grow with the area. */
    private static final int LONGEST_SIDE = 1_600;
    /** A progressive JPEG of a camera has about ten scans; thousands of them in a small file cost minutes. */
    private static final int MAX_JPEG_SCANS = 64;

    /** What opening came to. */
    sealed interface Opened {
        record Picture(GreyPicture grey) implements Opened {}

        record Refused(String reason, String remedy) implements Opened {}
    }

    private Pictures() {}

    static Opened open(byte[] file) {
        if (file.length > MAX_BYTES) {
            return new Opened.Refused("The file is larger than 8 MiB.", "Take the picture with fewer pixels.");
        }
        if (startsWith(file, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
            return decoded(file, "png");
        }
        if (startsWith(file, 0xff, 0xd8, 0xff)) {
            return scans(file) > MAX_JPEG_SCANS ? damaged() : decoded(file, "jpeg");
        }
        return new Opened.Refused("This file is not a PNG or JPEG picture.", "Send a picture of the label.");
    }

    private static Opened decoded(byte[] file, String format) {
        var readers = ImageIO.getImageReadersByFormatName(format);
        if (!readers.hasNext()) {
            throw new IllegalStateException("this Java cannot read " + format);
        }
        var reader = readers.next();
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(stream, true, true);
            var pixels = Math.multiplyFull(reader.getWidth(0), reader.getHeight(0));
            return pixels > MAX_PIXELS
                    ? new Opened.Refused(
                            "The picture has more than 40 million pixels.", "Take the picture with fewer pixels.")
                    : new Opened.Picture(GreyPicture.of(thinned(reader)));
        } catch (IOException | RuntimeException e) {
            // The JDK's decoders throw many kinds of RuntimeException at a file that lies about itself; each means the
            // same here.
            return damaged();
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage thinned(ImageReader reader) throws IOException {
        var step = Math.ceilDiv(Math.max(reader.getWidth(0), reader.getHeight(0)), LONGEST_SIDE);
        var how = reader.getDefaultReadParam();
        how.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, how);
    }

    private static Opened damaged() {
        return new Opened.Refused("The picture is damaged.", "Take the picture again.");
    }

    /** Start-of-scan markers: inside a scan a JPEG never has the two bytes. */
    private static int scans(byte[] file) {
        var count = 0;
        for (int i = 1; i < file.length; i++) {
            if ((file[i - 1] & 0xff) == 0xff && (file[i] & 0xff) == 0xda) {
                count++;
            }
        }
        return count;
    }

    private static boolean startsWith(byte[] file, int... signature) {
        if (file.length < signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if ((file[i] & 0xff) != signature[i]) {
                return false;
            }
        }
        return true;
    }
}
