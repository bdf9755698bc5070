/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.Image;
import io.amarena.api.frame.PixelFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A decoded sample is the sample in the file: checked against bytes that were written by hand. */
class DecodedColoursTest {

    private final JpegAndPngDecoder decoder = new JpegAndPngDecoder();

    @Test
    void grey_samples_of_every_depth_keep_their_value() throws Exception {
        assertColour(0, 128, 128, 128, Pictures.png(4, 4, 8, Pictures.GRAY, Pictures.data(4, 4, 128)));
        assertColour(0, 128, 128, 128, Pictures.png(4, 4, 16, Pictures.GRAY, Pictures.data(4, 4, 128, 7)));
        assertColour(0, 60, 60, 60, Pictures.png(4, 4, 8, Pictures.GRAY_ALPHA, Pictures.data(4, 4, 60, 255)));
        assertColour(0, 60, 60, 60, Pictures.png(4, 4, 8, Pictures.GRAY_ALPHA, Pictures.data(4, 4, 60, 10)));
        assertColour(0, 60, 60, 60, Pictures.png(4, 4, 16, Pictures.GRAY_ALPHA, Pictures.data(4, 4, 60, 9, 255, 255)));
        assertColour(0, 255, 255, 255, Pictures.png(8, 8, 1, Pictures.GRAY, Pictures.data(1, 8, 0xFF)));
        assertColour(0, 85, 85, 85, Pictures.png(4, 4, 2, Pictures.GRAY, Pictures.data(1, 4, 0b01010101)));
        assertColour(0, 0x77, 0x77, 0x77, Pictures.png(2, 2, 4, Pictures.GRAY, Pictures.data(1, 2, 0x77)));
    }

    @Test
    void colour_samples_of_every_depth_keep_their_value_whether_transparent_or_not() throws Exception {
        assertColour(0, 200, 60, 30, Pictures.png(4, 4, 8, Pictures.RGB, Pictures.data(4, 4, 200, 60, 30)));
        assertColour(0, 200, 60, 30, Pictures.png(4, 4, 16, Pictures.RGB, Pictures.data(4, 4, 200, 200, 60, 60, 30, 30)));
        assertColour(0, 200, 60, 30, Pictures.png(4, 4, 8, Pictures.RGB_ALPHA, Pictures.data(4, 4, 200, 60, 30, 5)));
        assertColour(0, 200, 60, 30,
                Pictures.png(4, 4, 16, Pictures.RGB_ALPHA, Pictures.data(4, 4, 200, 200, 60, 60, 30, 30, 9, 9)));
        assertColour(0, 9, 8, 7, Pictures.png(4, 4, 8, Pictures.PALETTE,
                Pictures.chunk("PLTE", (byte) 1, (byte) 2, (byte) 3, (byte) 9, (byte) 8, (byte) 7),
                Pictures.data(4, 4, 1)));
        assertColour(0, 1, 2, 3, Pictures.png(8, 8, 1, Pictures.PALETTE,
                Pictures.chunk("PLTE", (byte) 1, (byte) 2, (byte) 3, (byte) 9, (byte) 8, (byte) 7),
                Pictures.data(1, 8, 0)));
    }

    @Test
    void grey_pictures_decode_to_the_same_brightness_as_jpeg_and_as_png() throws Exception {
        assertColour(2, 128, 128, 128, Pictures.jpeg(16, 128));
        assertColour(0, 128, 128, 128, Pictures.png(4, 4, 8, Pictures.GRAY, Pictures.data(4, 4, 128)));
    }

    @Test
    void inks_become_light_plain_inverted_as_adobe_stores_them_and_as_luminance() throws Exception {
        assertColour(3, 0, 195, 225, Pictures.jpeg(16, 255, 60, 30, 0));
        assertColour(3, 0, 195, 225, Pictures.adobe(Pictures.jpeg(16, 0, 195, 225, 255), 0));
        // Full cyan as YCCK: the inverted inks 0, 255, 255 are Y 179, Cb 171, Cr 1 in JFIF.
        assertColour(3, 0, 255, 255, Pictures.adobe(Pictures.jpeg(16, 179, 171, 1, 255), 2));
        // Half black halves the light.
        assertColour(3, 0, 98, 113, Pictures.adobe(Pictures.jpeg(16, 0, 195, 225, 128), 0));
    }

    @Test
    void three_components_are_rgb_where_adobe_says_that_they_were_not_transformed() throws Exception {
        assertColour(3, 200, 60, 30, Pictures.adobe(Pictures.jpeg(16, 200, 60, 30), 0));
    }

    @Test
    void an_orientation_in_exif_data_is_ignored_and_the_picture_stays_as_the_sensor_wrote_it() throws Exception {
        final byte[] exif = ByteBuffer.allocate(32).put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8).putShort((short) 1)
                .putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) 6).array();
        final Image image = decode(Pictures.withSegment(Pictures.jpeg(Pictures.noise(24, 16), false), 0xE1, exif));
        assertEquals(24, image.width());
        assertEquals(16, image.height());
    }

    private void assertColour(final int tolerance, final int red, final int green, final int blue, final byte[] file)
            throws Exception {
        final Image image = decode(file);
        final int bytes = image.format().bytesPerPixel();
        final int[] expected = {red, green, blue};
        for (final int at : new int[] {0, (image.height() - 1) * image.stride() + (image.width() - 1) * bytes}) {
            for (int channel = 0; channel < 3; channel++) {
                final int place = image.format() == PixelFormat.BGR ? 2 - channel : Math.min(channel, bytes - 1);
                assertEquals(expected[channel], Byte.toUnsignedInt(image.pixels().get(at + place)), tolerance,
                        "channel " + channel + " of " + image.format());
            }
        }
    }

    private Image decode(final byte[] file) throws Exception {
        return decoder.decode(new EncodedImage("image/any", ByteBuffer.allocateDirect(file.length).put(file).flip()),
                TestScratch.ALL, new TestScratch());
    }
}
