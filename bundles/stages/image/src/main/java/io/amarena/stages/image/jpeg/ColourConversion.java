/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image.jpeg;

/** Luminance and colour differences to red, green and blue: JFIF 1.02, in whole numbers. */
final class ColourConversion {

    private static final int BITS = 16;
    private static final int HALF = 1 << BITS - 1;
    private static final int RED = fixed(1.402);
    private static final int GREEN_BLUE = fixed(0.344136);
    private static final int GREEN_RED = fixed(0.714136);
    private static final int BLUE = fixed(1.772);

    private ColourConversion() {
    }

    private static int fixed(final double value) {
        return (int) Math.round(value * (1 << BITS));
    }

    /**
     * Converts a picture.
     *
     * @param planes three, one after the other
     * @param size   of a plane
     * @param stride of a row of a plane
     * @param rgb    gets the pixels without gaps
     */
    static void toRgb(final byte[] planes, final int size, final int stride, final int width, final int height,
            final byte[] rgb) {
        int to = 0;
        for (int y = 0; y < height; y++) {
            final int row = y * stride;
            for (int at = row; at < row + width; at++, to += 3) {
                final int luminance = (planes[at] & 0xff) << BITS | HALF;
                final int blue = (planes[at + size] & 0xff) - 128;
                final int red = (planes[at + 2 * size] & 0xff) - 128;
                rgb[to] = sample(luminance + RED * red);
                rgb[to + 1] = sample(luminance - GREEN_BLUE * blue - GREEN_RED * red);
                rgb[to + 2] = sample(luminance + BLUE * blue);
            }
        }
    }

    private static byte sample(final int value) {
        final int sample = value >> BITS;
        return (byte) ((sample & ~0xff) == 0 ? sample : ~sample >> 31);
    }
}
