/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image.jpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import io.amarena.api.model.Size;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with the JDK's decoder at full size, of which means are taken. */
class ReducedDecoderTest {

    /** A low-pass filter and a mean of areas differ at sharp edges, but not more than that. */
    private static final double LEAST_DECIBELS = 36;

    private final ReducedDecoder decoder = new ReducedDecoder();

    @ParameterizedTest(name = "1/{0} of {1}x{2}, subsampled {3}x{4}, a restart marker after {5} units")
    @CsvSource({
        "2, 320, 240, 2, 2, 0", "4, 320, 240, 2, 2, 0", "8, 320, 240, 2, 2, 0",
        "2, 320, 240, 1, 1, 0", "4, 320, 240, 1, 1, 0", "8, 320, 240, 1, 1, 0",
        "2, 320, 240, 2, 1, 0", "4, 320, 240, 1, 2, 0", "8, 320, 240, 2, 1, 0",
        "4, 320, 240, 4, 1, 0", "2, 320, 240, 2, 2, 1", "2, 320, 240, 2, 2, 7", "4, 320, 240, 2, 1, 20",
        "2, 34, 18, 2, 2, 0", "4, 332, 244, 2, 2, 3"})
    void a_reduced_picture_is_the_mean_of_the_whole_one(final int divisor, final int width, final int height,
            final int horizontal, final int vertical, final int restart) throws Exception {
        final byte[] file = write(picture(width, height, BufferedImage.TYPE_INT_RGB), horizontal, vertical, restart,
                false);
        assertEquals(restart > 0, indexOf(file, 0xDD) >= 0, "whether the file has restart markers");
        assertEquals(horizontal << 4 | vertical, file[indexOf(file, 0xC0) + 11], "sampling of the luminance");
        final Image image = decode(file, width / divisor, height / divisor).orElseThrow();
        assertEquals(PixelFormat.RGB, image.format());
        assertEquals((width + divisor - 1) / divisor, image.width());
        assertEquals((height + divisor - 1) / divisor, image.height());
        assertEquals(width, image.frameWidth());
        assertEquals(height, image.frameHeight());
        final double decibels = likeness(image, file, divisor);
        assertTrue(decibels > LEAST_DECIBELS, decibels + " dB");
    }

    @Test
    void a_grey_picture_stays_grey() throws Exception {
        final byte[] file = write(picture(200, 120, BufferedImage.TYPE_BYTE_GRAY), 0, 0, 0, false);
        final Image image = decode(file, 100, 60).orElseThrow();
        assertEquals(PixelFormat.GRAY, image.format());
        assertTrue(likeness(image, file, 2) > LEAST_DECIBELS);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "7, 1, 8", "17, 33, 4", "33, 17, 2", "9, 9, 2"})
    void sizes_that_are_no_multiples_of_a_block_are_rounded_up(final int width, final int height, final int divisor)
            throws Exception {
        final byte[] file = write(picture(width, height, BufferedImage.TYPE_INT_RGB), 2, 2, 0, false);
        final Size least = new Size((width + divisor - 1) / divisor, (height + divisor - 1) / divisor);
        final Optional<Image> image = decode(file, least.width(), least.height());
        if (width == 1) {
            assertTrue(image.isPresent(), "one pixel is at least one pixel at every scale");
        }
        image.ifPresent(reduced -> assertTrue(reduced.width() >= least.width() && reduced.height() >= least.height()));
    }

    @Test
    void a_picture_of_which_more_than_a_half_is_wanted_is_left_to_others() throws Exception {
        final byte[] file = write(picture(320, 240, BufferedImage.TYPE_INT_RGB), 2, 2, 0, false);
        assertFalse(decode(file, 161, 100).isPresent());
        assertFalse(decode(file, 100, 121).isPresent());
        assertTrue(decode(file, 160, 120).isPresent());
    }

    @Test
    void a_progressive_picture_is_left_to_others() throws Exception {
        assertFalse(decode(write(picture(320, 240, BufferedImage.TYPE_INT_RGB), 2, 2, 0, true), 20, 20).isPresent());
    }

    @Test
    void one_decoder_takes_pictures_of_any_kind_in_turn() throws Exception {
        final byte[] large = write(picture(640, 480, BufferedImage.TYPE_INT_RGB), 2, 2, 0, false);
        final byte[] small = write(picture(64, 48, BufferedImage.TYPE_BYTE_GRAY), 0, 0, 0, false);
        for (int round = 0; round < 3; round++) {
            assertTrue(likeness(decode(large, 320, 240).orElseThrow(), large, 2) > LEAST_DECIBELS);
            assertTrue(likeness(decode(small, 16, 12).orElseThrow(), small, 4) > LEAST_DECIBELS);
        }
    }

    @Test
    void a_picture_that_ends_early_is_truncated_wherever_it_ends() throws Exception {
        final byte[] file = write(picture(320, 240, BufferedImage.TYPE_INT_RGB), 2, 2, 5, false);
        for (int length = 2; length < file.length - 40; length += 37) {
            final byte[] part = Arrays.copyOf(file, length);
            final String message = assertThrows(DamagedJpegException.class, () -> decode(part, 160, 120)).getMessage();
            assertTrue(message.startsWith("truncated"), message);
        }
    }

    @Test
    void a_picture_without_its_very_last_marker_is_whole() throws Exception {
        final byte[] file = write(picture(320, 240, BufferedImage.TYPE_INT_RGB), 2, 2, 0, false);
        assertTrue(decode(Arrays.copyOf(file, file.length - 2), 160, 120).isPresent());
    }

    @Test
    void whatever_bytes_are_changed_the_decoder_ends_with_a_picture_or_says_what_is_wrong() throws Exception {
        final byte[] file = write(picture(160, 120, BufferedImage.TYPE_INT_RGB), 2, 1, 4, false);
        final Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            final byte[] changed = file.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                // Every other change hits the header, where it does most harm.
                final int at = random.nextBoolean() ? 2 + random.nextInt(620) : random.nextInt(file.length);
                changed[at] = (byte) random.nextInt();
            }
            try {
                decode(changed, 80, 60);
            } catch (final DamagedJpegException told) {
                refused++;
            }
        }
        assertTrue(refused > 2_000, refused + " of 20000 were refused");
    }

    private static int indexOf(final byte[] file, final int marker) {
        int at = 0;
        while (at + 1 < file.length && ((file[at] & 0xff) != 0xff || (file[at + 1] & 0xff) != marker)) {
            at++;
        }
        return at + 1 < file.length ? at : -1;
    }

    private Optional<Image> decode(final byte[] file, final int width, final int height) throws DamagedJpegException {
        final ByteBuffer direct = ByteBuffer.allocateDirect(file.length);
        direct.put(0, file);
        return decoder.decode(direct, new Size(width, height), ByteBuffer::allocate);
    }

    /** Peak signal-to-noise ratio against the means of the picture as the JDK decodes it. */
    private static double likeness(final Image image, final byte[] file, final int divisor) throws IOException {
        final BufferedImage whole = ImageIO.read(new ByteArrayInputStream(file));
        final int channels = image.format().bytesPerPixel();
        double squares = 0;
        int count = 0;
        for (int y = 0; y < whole.getHeight() / divisor; y++) {
            for (int x = 0; x < whole.getWidth() / divisor; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    double sum = 0;
                    for (int i = 0; i < divisor * divisor; i++) {
                        sum += whole.getRaster().getSample(x * divisor + i % divisor, y * divisor + i / divisor,
                                channel);
                    }
                    final double is = image.pixels().get(y * image.stride() + x * channels + channel) & 0xff;
                    squares += Math.pow(is - sum / (divisor * divisor), 2);
                    count++;
                }
            }
        }
        return 10 * Math.log10(255 * 255 / (squares / count + 1e-9));
    }

    private static BufferedImage picture(final int width, final int height, final int type) {
        final BufferedImage picture = new BufferedImage(width, height, type);
        final Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        for (int i = 0; i < 40; i++) {
            graphics.setColor(Color.getHSBColor(i / 40f, 0.6f, 0.3f + i % 7 / 10f));
            graphics.fillOval(i * 37 % width - 20, i * 53 % height - 20, 60, 40);
        }
        graphics.dispose();
        final Random random = new Random(3);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                final Color colour = new Color(picture.getRGB(x, y));
                final int grain = random.nextInt(9);
                picture.setRGB(x, y, new Color(Math.min(255, colour.getRed() + grain),
                        Math.min(255, colour.getGreen() + grain), Math.min(255, colour.getBlue() + grain)).getRGB());
            }
        }
        return picture;
    }

    /** Writes a picture with the JDK, with the sampling of its luminance and the restart interval that are asked for. */
    private static byte[] write(final BufferedImage picture, final int horizontal, final int vertical, final int restart,
            final boolean progressive) throws IOException {
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        final ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(0.9f);
        if (progressive) {
            parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        final IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(picture),
                parameters);
        if (horizontal > 0 && !progressive) {
            describe(metadata, horizontal, vertical, restart);
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(picture, null, metadata), parameters);
        }
        writer.dispose();
        return bytes.toByteArray();
    }

    private static void describe(final IIOMetadata metadata, final int horizontal, final int vertical, final int restart)
            throws IOException {
        final String format = "javax_imageio_jpeg_image_1.0";
        final IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
        final IIOMetadataNode luminance = (IIOMetadataNode) root.getElementsByTagName("componentSpec").item(0);
        luminance.setAttribute("HsamplingFactor", String.valueOf(horizontal));
        luminance.setAttribute("VsamplingFactor", String.valueOf(vertical));
        if (restart > 0) {
            final IIOMetadataNode interval = new IIOMetadataNode("dri");
            interval.setAttribute("interval", String.valueOf(restart));
            root.getElementsByTagName("markerSequence").item(0).insertBefore(interval,
                    root.getElementsByTagName("sof").item(0));
        }
        metadata.setFromTree(format, root);
    }
}
