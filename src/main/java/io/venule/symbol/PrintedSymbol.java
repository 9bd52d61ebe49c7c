package io.venule.symbol;

import com.google.zxing.common.BitMatrix;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A symbol to print: black modules on white, with the quiet zone around it. */
public final class PrintedSymbol {
    /** GS1 asks for one module; two survive a rough cut. */
    private static final int QUIET_MODULES = 2;

    private final BitMatrix modules;

    PrintedSymbol(BitMatrix modules) {
        this.modules = modules;
    }

    /** An SVG element without a size of its own; the page gives it one. GS1 Healthcare asks for at least 0.254 mm per module. */
    public String svg() {
        var width = modules.getWidth() + 2 * QUIET_MODULES;
        var height = modules.getHeight() + 2 * QUIET_MODULES;
        var path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (modules.get(x, y)) {
                    path.append('M').append(x + QUIET_MODULES).append(' ').append(y + QUIET_MODULES);
                    path.append("h1v1h-1z");
                }
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="GS1 Data Matrix" \
                shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path fill="#000" d="%s"/></svg>""".formatted(width, height, width, height, path);
    }

    /** A PNG file with {@code pixelsPerModule} pixels to the side of each module (1 to 50). */
    public byte[] png(int pixelsPerModule) {
        if (pixelsPerModule < 1 || pixelsPerModule > 50) {
            throw new IllegalArgumentException("1 to 50 pixels per module");
        }
        var image = new BufferedImage(
                (modules.getWidth() + 2 * QUIET_MODULES) * pixelsPerModule,
                (modules.getHeight() + 2 * QUIET_MODULES) * pixelsPerModule,
                BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, isBlack(x / pixelsPerModule, y / pixelsPerModule) ? 0x000000 : 0xffffff);
            }
        }
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private boolean isBlack(int column, int row) {
        var x = column - QUIET_MODULES;
        var y = row - QUIET_MODULES;
        return x >= 0 && y >= 0 && x < modules.getWidth() && y < modules.getHeight() && modules.get(x, y);
    }
}
