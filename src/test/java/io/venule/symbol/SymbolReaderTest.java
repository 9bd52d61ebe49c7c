package io.venule.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.oned.Code128Writer;
import com.google.zxing.qrcode.QRCodeWriter;
import io.venule.barcode.Barcodes;
import io.venule.barcode.CheckDigit;
import io.venule.barcode.Labels;
import io.venule.barcode.Scan;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolReaderTest {
    private static final SymbolReader READER = new SymbolReader(Duration.ofMinutes(1));
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String PHARMACY = CheckDigit.append("0952123400001");
    private static final Scan.CompoundedBag BAG =
            new Scan.CompoundedBag("RX-1001", "C2611A", LocalDate.of(2026, 11, 30), "0001");
    private static final Scan.Wristband BAND = new Scan.Wristband(CheckDigit.append("95212340000000001"), "1");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @Nested
    class Labelled {
        @Test
        void a_printed_label_is_read_as_what_was_written() {
            var text = Labels.of(BAG, PHARMACY);

            var read = READER.read(SymbolWriter.dataMatrix(text).png(4));

            assertThat(read).isEqualTo(new SymbolsRead.One(text));
            assertThat(Barcodes.read(((SymbolsRead.One) read).text(), NOW)).isEqualTo(BAG);
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 3, 5, 8, 13, 21, 34})
        void a_label_is_read_at_any_size(int pixelsPerModule) {
            var text = Labels.of(BAND);

            assertThat(READER.read(SymbolWriter.dataMatrix(text).png(pixelsPerModule)))
                    .isEqualTo(new SymbolsRead.One(text));
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("io.venule.symbol.SymbolReaderTest#seeds")
        void any_label_survives_print_and_picture(long seed) throws IOException {
            var random = new Random(seed);
            var lot = Integer.toString(random.nextInt(1, 1_000_000), 36);
            var bag = new Scan.ProductBag(PHARMACY, BAG.expiry(), lot, "%" + seed + "<\"&>'");
            var text = Labels.of(bag);
            var photograph = jpeg(grained(image(SymbolWriter.dataMatrix(text).png(6)), random));

            assertThat(READER.read(photograph)).isEqualTo(new SymbolsRead.One(text));
            assertThat(Barcodes.read(text, NOW)).isEqualTo(bag);
        }

        @Test
        void a_code_128_label_is_read_upright_and_across() throws IOException {
            // U+00F1 is ZXing's writing of FNC1.
            var bars = new Code128Writer()
                    .encode("\u00f101" + PHARMACY + "17261130" + "10C7\u00f121A1", BarcodeFormat.CODE_128, 600, 120);
            var text = "]C101" + PHARMACY + "17261130" + "10C7\u001d21A1";

            assertThat(READER.read(png(image(bars)))).isEqualTo(new SymbolsRead.One(text));
            assertThat(READER.read(png(turned(image(bars))))).isEqualTo(new SymbolsRead.One(text));
            assertThat(Barcodes.read(text, NOW)).isInstanceOf(Scan.ProductBag.class);
        }

        @Test
        void a_qr_code_without_fnc1_is_read_and_is_no_label() throws Exception {
            var read = READER.read(png(image(qr("https://example.org/"))));

            assertThat(read).isEqualTo(new SymbolsRead.One("]Q1https://example.org/"));
            assertThat(Barcodes.read(((SymbolsRead.One) read).text(), NOW)).isInstanceOf(Scan.Unreadable.class);
        }

        @Test
        void a_symbol_is_drawn_as_svg_with_its_quiet_zone() {
            var svg = SymbolWriter.dataMatrix(Labels.of(BAND)).svg();

            assertThat(svg).startsWith("<svg ").contains("viewBox=\"0 0 ").endsWith("</svg>");
            assertThat(svg).doesNotContain("script", BAND.gsrn());
        }

        @Test
        void a_text_that_is_no_gs1_data_matrix_is_not_drawn() {
            assertThatThrownBy(() -> SymbolWriter.dataMatrix("hello")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> SymbolWriter.dataMatrix("]d2")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> SymbolWriter.dataMatrix(Labels.of(BAND)).png(0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** T-60. */
    @Nested
    class Several {
        private static final String OTHER = Labels.of(new Scan.PumpTag("VP-0001", 1));

        @Test
        void two_symbols_that_disagree_are_refused() throws IOException {
            var picture = sideBySide(
                    image(SymbolWriter.dataMatrix(Labels.of(BAND)).png(6)),
                    image(SymbolWriter.dataMatrix(OTHER).png(6)));

            assertThat(READER.read(png(picture))).isInstanceOfSatisfying(SymbolsRead.Many.class, many -> {
                assertThat(many.texts()).containsExactlyInAnyOrder(Labels.of(BAND), OTHER);
                assertThat(many.reason()).contains("2 codes");
                assertThat(many.remedy()).isNotBlank();
            });
        }

        @Test
        void a_linear_and_a_square_symbol_that_disagree_are_refused() throws IOException {
            var bars = new Code128Writer().encode("\u00f101" + PHARMACY, BarcodeFormat.CODE_128, 500, 120);
            var picture =
                    sideBySide(image(bars), image(SymbolWriter.dataMatrix(OTHER).png(6)));

            assertThat(READER.read(png(picture))).isInstanceOf(SymbolsRead.Many.class);
        }

        @Test
        void two_symbols_that_say_the_same_are_one() throws IOException {
            var symbol = image(SymbolWriter.dataMatrix(OTHER).png(6));

            assertThat(READER.read(png(sideBySide(symbol, symbol)))).isEqualTo(new SymbolsRead.One(OTHER));
        }
    }

    /** T-59. */
    @Nested
    class Hostile {
        @Test
        void what_is_no_picture_is_refused() {
            for (var file : List.of(
                    new byte[0],
                    new byte[1],
                    "GIF89a".getBytes(StandardCharsets.US_ASCII),
                    "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.US_ASCII),
                    "%PDF-1.7".getBytes(StandardCharsets.US_ASCII))) {
                assertThat(READER.read(file))
                        .isInstanceOfSatisfying(
                                SymbolsRead.Refused.class,
                                refused -> assertThat(refused.reason()).contains("not a PNG or JPEG"));
            }
        }

        @Test
        void a_file_of_8_mebibytes_is_opened_and_a_larger_one_is_not() {
            var whole = SymbolWriter.dataMatrix(Labels.of(BAND)).png(4);

            assertThat(READER.read(Arrays.copyOf(whole, 8 * 1024 * 1024))).isInstanceOf(SymbolsRead.One.class);
            assertThat(READER.read(Arrays.copyOf(whole, 8 * 1024 * 1024 + 1)))
                    .isInstanceOfSatisfying(
                            SymbolsRead.Refused.class,
                            refused -> assertThat(refused.reason()).contains("8 MiB"));
        }

        @Test
        void a_header_that_claims_more_than_40_million_pixels_is_refused_before_a_pixel_is_read() {
            assertThat(READER.read(pngClaiming(8_000, 5_001)))
                    .isInstanceOfSatisfying(
                            SymbolsRead.Refused.class,
                            refused -> assertThat(refused.reason()).contains("40 million"));
            assertThat(READER.read(pngClaiming(Integer.MAX_VALUE, Integer.MAX_VALUE)))
                    .isInstanceOf(SymbolsRead.Refused.class);
            assertThat(READER.read(pngClaiming(8_000, 5_000)))
                    .isEqualTo(new SymbolsRead.Refused("The picture is damaged.", "Take the picture again."));
            assertThat(READER.read(pngClaiming(0, 0))).isInstanceOf(SymbolsRead.Refused.class);
        }

        @Test
        void a_picture_cut_off_anywhere_gives_an_answer() throws IOException {
            var whole = SymbolWriter.dataMatrix(Labels.of(BAND)).png(4);
            var photograph = jpeg(image(whole));

            for (int length = 0; length < whole.length; length += 7) {
                assertThat(READER.read(Arrays.copyOf(whole, length))).isNotInstanceOf(SymbolsRead.Many.class);
            }
            for (int length = 0; length < photograph.length; length += 101) {
                assertThat(READER.read(Arrays.copyOf(photograph, length))).isNotInstanceOf(SymbolsRead.Many.class);
            }
        }

        @ParameterizedTest(name = "seed {0}")
        @MethodSource("io.venule.symbol.SymbolReaderTest#seeds")
        void a_picture_with_changed_bytes_gives_the_text_or_none(long seed) throws IOException {
            var random = new Random(seed);
            var text = Labels.of(BAND);
            var png = SymbolWriter.dataMatrix(text).png(4);
            var jpeg = jpeg(image(png));

            for (var file : List.of(png, jpeg)) {
                for (int i = 0; i < 6; i++) {
                    var changed = file.clone();
                    for (int n = random.nextInt(1, 6); n > 0; n--) {
                        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                    }
                    if (READER.read(changed) instanceof SymbolsRead.One(var read)) {
                        assertThat(read).isEqualTo(text);
                    }
                }
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"1x1", "1x2000", "2000x1", "2x2", "3x3", "39x40"})
        void a_picture_of_any_shape_holds_no_symbol(String size) throws IOException {
            var sides = size.split("x", -1);
            var image = new BufferedImage(
                    Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), BufferedImage.TYPE_INT_RGB);

            assertThat(READER.read(png(image))).isInstanceOf(SymbolsRead.None.class);
        }

        @Test
        void a_jpeg_of_thousands_of_scans_is_refused() {
            var file = new byte[10_000];
            file[0] = (byte) 0xff;
            file[1] = (byte) 0xd8;
            file[2] = (byte) 0xff;
            for (int i = 10; i < 9_000; i += 10) {
                file[i] = (byte) 0xff;
                file[i + 1] = (byte) 0xda;
            }

            assertThat(READER.read(file)).isInstanceOf(SymbolsRead.Refused.class);
        }

        @Test
        void noise_ends_when_the_time_is_up() throws IOException {
            var noise = grained(new BufferedImage(1_200, 1_200, BufferedImage.TYPE_INT_RGB), new Random(1));

            assertThat(new SymbolReader(Duration.ZERO).read(png(noise)))
                    .isInstanceOfSatisfying(
                            SymbolsRead.None.class,
                            none -> assertThat(none.reason()).contains("time"));
        }
    }

    private static BitMatrix qr(String text) throws WriterException {
        return new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 200, 200);
    }

    private static BufferedImage image(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static BufferedImage image(BitMatrix bits) {
        var image = new BufferedImage(bits.getWidth() + 40, bits.getHeight() + 40, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                var inside = x >= 20 && y >= 20 && x < bits.getWidth() + 20 && y < bits.getHeight() + 20;
                image.setRGB(x, y, inside && bits.get(x - 20, y - 20) ? 0 : 0xffffff);
            }
        }
        return image;
    }

    private static BufferedImage sideBySide(BufferedImage one, BufferedImage other) {
        var image = new BufferedImage(
                one.getWidth() + other.getWidth() + 120,
                Math.max(one.getHeight(), other.getHeight()) + 80,
                BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.drawImage(one, 40, 40, null);
        graphics.drawImage(other, one.getWidth() + 80, 40, null);
        graphics.dispose();
        return image;
    }

    private static BufferedImage turned(BufferedImage image) {
        var out = new BufferedImage(image.getHeight(), image.getWidth(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                out.setRGB(image.getHeight() - 1 - y, x, image.getRGB(x, y));
            }
        }
        return out;
    }

    /** Each pixel up to 50 of 255 lighter or darker. */
    private static BufferedImage grained(BufferedImage image, Random random) {
        var out = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < out.getHeight(); y++) {
            for (int x = 0; x < out.getWidth(); x++) {
                var grey = Math.clamp((image.getRGB(x, y) & 0xff) + random.nextInt(-50, 51), 0, 255);
                out.setRGB(x, y, grey << 16 | grey << 8 | grey);
            }
        }
        return out;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        return written(image, "png");
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        var colour = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        var graphics = colour.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return written(colour, "jpeg");
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    /** A PNG whose header claims a size, and that holds nothing else. */
    private static byte[] pngClaiming(int width, int height) {
        var header = ByteBuffer.allocate(17);
        header.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
        header.put(new byte[] {8, 0, 0, 0, 0});
        var check = new CRC32();
        check.update(header.array());
        return ByteBuffer.allocate(8 + 4 + 17 + 4)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .putInt(13)
                .put(header.array())
                .putInt((int) check.getValue())
                .array();
    }
}
