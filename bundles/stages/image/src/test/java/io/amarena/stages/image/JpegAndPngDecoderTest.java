/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import io.amarena.api.stage.StageException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegAndPngDecoderTest {

    private final JpegAndPngDecoder decoder = new JpegAndPngDecoder();
    private final TestScratch scratch = new TestScratch();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_jpeg_is_decoded_baseline_or_progressive(final boolean progressive) throws Exception {
        final BufferedImage picture = picture(BufferedImage.TYPE_3BYTE_BGR);
        assertLike(picture, decode(jpeg(picture, progressive)), 12);
    }

    @Test
    void a_grey_jpeg_stays_grey() throws Exception {
        final Image image = decode(jpeg(picture(BufferedImage.TYPE_BYTE_GRAY), false));
        assertEquals(PixelFormat.GRAY, image.format());
        assertEquals(64, image.width());
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_BYTE_INDEXED})
    void a_png_in_colour_is_decoded_with_palette_and_transparency_too(final int type) throws Exception {
        final BufferedImage picture = picture(type);
        assertLike(picture, decode(png(picture)), 2);
    }

    @Test
    void a_jpeg_in_printing_colours_becomes_rgb() throws Exception {
        final WritableRaster inks = Raster.createInterleavedRaster(0, 32, 32, 4, null);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                inks.setPixel(x, y, new int[] {255, 60, 30, 0});
            }
        }
        final byte[] file = write("jpeg", new IIOImage(inks, null, null), false);
        final Image image = decode(file);
        assertEquals(PixelFormat.RGB, image.format());
        assertEquals(0, Byte.toUnsignedInt(image.pixels().get(0)), 12);
        assertEquals(195, Byte.toUnsignedInt(image.pixels().get(1)), 12);
        assertEquals(225, Byte.toUnsignedInt(image.pixels().get(2)), 12);
    }

    @Test
    void pictures_of_changing_sizes_use_the_same_memory() throws Exception {
        for (int round = 0; round < 3; round++) {
            for (final int side : new int[] {200, 16, 120}) {
                final BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
                assertEquals(side, decode(jpeg(picture, false)).width());
            }
        }
        assertEquals(1, scratch.allocations());
    }

    @Test
    void a_truncated_jpeg_is_refused_and_the_next_picture_is_decoded() throws Exception {
        final BufferedImage noise = new BufferedImage(640, 480, BufferedImage.TYPE_3BYTE_BGR);
        new Random(5).ints(20_000, 0, 640 * 480).forEach(at -> noise.setRGB(at % 640, at / 640, at));
        final byte[] whole = jpeg(noise, false);
        refused(Arrays.copyOf(whole, whole.length * 2 / 3), "truncated");
        refused(Arrays.copyOf(whole, 60), "truncated");
        decode(whole);
    }

    @Test
    void a_truncated_png_is_refused() throws Exception {
        final byte[] whole = png(picture(BufferedImage.TYPE_3BYTE_BGR));
        refused(Arrays.copyOf(whole, whole.length * 2 / 3), "PNG picture is truncated");
        refused(Arrays.copyOf(whole, 20), "truncated");
    }

    @Test
    void a_text_file_and_an_empty_file_are_no_pictures() throws Exception {
        assertEquals(Optional.empty(), decoder.probe(encoded("not a picture".getBytes())));
        assertEquals(Optional.empty(), decoder.probe(encoded(new byte[0])));
        refused("not a picture".getBytes(), "neither JPEG nor PNG");
    }

    @Test
    void a_picture_of_900_million_pixels_is_refused_by_its_header() throws Exception {
        final byte[] bomb = Arrays.copyOf(png(picture(BufferedImage.TYPE_BYTE_GRAY)), 4096);
        ByteBuffer.wrap(bomb).putInt(16, 30_000).putInt(20, 30_000);
        refused(bomb, "30000x30000");
        assertEquals(0, scratch.allocations());
    }

    @Test
    void whatever_the_bytes_are_only_a_stage_exception_comes_out() throws Exception {
        final Random random = new Random(11);
        final byte[][] files = {jpeg(picture(BufferedImage.TYPE_3BYTE_BGR), false),
            jpeg(picture(BufferedImage.TYPE_3BYTE_BGR), true), png(picture(BufferedImage.TYPE_INT_ARGB))};
        int refusals = 0;
        for (int round = 0; round < 600; round++) {
            final byte[] file = files[round % files.length].clone();
            for (int change = 0; change <= random.nextInt(8); change++) {
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            try {
                decode(file);
            } catch (final StageException expected) {
                refusals++;
            }
        }
        assertTrue(refusals > 100, "only " + refusals + " were refused");
    }

    private void refused(final byte[] file, final String because) {
        final String message = assertThrows(StageException.class, () -> decode(file)).getMessage();
        assertTrue(message.contains(because), message);
    }

    private Image decode(final byte[] file) throws StageException {
        return decoder.decode(encoded(file), TestScratch.ALL, scratch);
    }

    private static EncodedImage encoded(final byte[] file) {
        return new EncodedImage("image/jpeg", ByteBuffer.allocateDirect(file.length).put(file).flip());
    }

    private static BufferedImage picture(final int type) {
        final BufferedImage picture = new BufferedImage(64, 48, type);
        final Graphics2D graphics = picture.createGraphics();
        graphics.setColor(new Color(200, 60, 30));
        graphics.fillRect(0, 0, 64, 48);
        graphics.setColor(new Color(20, 90, 220));
        graphics.fillRect(16, 8, 32, 32);
        graphics.dispose();
        return picture;
    }

    private static void assertLike(final BufferedImage expected, final Image actual, final int tolerance) {
        for (final int[] point : new int[][] {{4, 4}, {30, 20}, {60, 40}}) {
            final int rgb = expected.getRGB(point[0], point[1]);
            final int bytes = actual.format().bytesPerPixel();
            for (int channel = 0; channel < 3; channel++) {
                final int place = actual.format() == PixelFormat.BGR ? 2 - channel : Math.min(channel, bytes - 1);
                final int value = Byte.toUnsignedInt(actual.pixels().get(point[1] * actual.stride() + point[0] * bytes
                        + place));
                assertEquals(rgb >> 16 - 8 * channel & 255, value, tolerance, "channel " + channel);
            }
        }
    }

    private static byte[] png(final BufferedImage picture) throws IOException {
        return write("png", new IIOImage(picture, null, null), false);
    }

    private static byte[] jpeg(final BufferedImage picture, final boolean progressive) throws IOException {
        return write("jpeg", new IIOImage(picture, null, null), progressive);
    }

    private static byte[] write(final String format, final IIOImage image, final boolean progressive)
            throws IOException {
        final ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            final ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (progressive) {
                parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.write(null, image, parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
