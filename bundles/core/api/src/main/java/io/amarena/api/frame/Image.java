/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.frame;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A decoded picture: rows from top to bottom, 8 bits per sample, interleaved.
 *
 * <p>Pixel (x, y) starts at index {@code y * stride + x * format.bytesPerPixel()} of {@code pixels}, counted from
 * index 0 and not from its position. The buffer is direct or backed by an array; stages must work with both and
 * use absolute access.
 *
 * <p>A picture that was decoded at a part of its size has fewer pixels than its frame; places are told in pixels of the
 * frame.
 *
 * @param width  in pixels, at least 1
 * @param height in pixels, at least 1
 * @param stride bytes from one row to the next, at least {@code width * format.bytesPerPixel()}
 * @param format order of the samples
 * @param pixels at least {@code (height - 1) * stride + width * format.bytesPerPixel()} bytes
 * @param frameWidth  width of the frame that the picture shows, in its own pixels
 * @param frameHeight height of the frame that the picture shows, in its own pixels
 */
public record Image(int width, int height, int stride, PixelFormat format, ByteBuffer pixels, int frameWidth,
        int frameHeight) implements FrameContent {

    public Image {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(pixels, "pixels");
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("An image of " + width + "x" + height + " pixels has no content");
        }
        if (stride < (long) width * format.bytesPerPixel()) {
            throw new IllegalArgumentException("A stride of " + stride + " bytes is less than one row of " + width
                    + " pixels in " + format);
        }
        if (frameWidth < width || frameHeight < height) {
            throw new IllegalArgumentException("An image of " + width + "x" + height
                    + " pixels cannot show a frame of only " + frameWidth + "x" + frameHeight);
        }
        final long needed = (height - 1L) * stride + (long) width * format.bytesPerPixel();
        if (pixels.capacity() < needed) {
            throw new IllegalArgumentException("An image of " + width + "x" + height + " pixels in " + format
                    + " needs " + needed + " bytes, the buffer has " + pixels.capacity());
        }
    }

    /** A picture with all pixels of its frame. */
    public Image(final int width, final int height, final int stride, final PixelFormat format,
            final ByteBuffer pixels) {
        this(width, height, stride, format, pixels, width, height);
    }
}
