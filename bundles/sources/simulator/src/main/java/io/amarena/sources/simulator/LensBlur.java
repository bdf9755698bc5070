/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

import java.util.Arrays;

/**
 * Blurs an RGB picture as a lens out of focus does: three passes of an extended box filter in each direction, which
 * come close to a Gaussian of any standard deviation at a cost that does not grow with it (Gwosdek, Grewenig, Bruhn
 * and Weickert, <i>Theoretical foundations of Gaussian convolution by extended box filtering</i>, 2011). Pixels beyond
 * the edge are those at the edge. Not for use by several threads.
 */
final class LensBlur {
    private static final int PASSES = 3;
    private static final int CHANNELS = 3;
    private static final int ONE = 1 << 16;

    private final int width;
    private final int height;
    /** The whole pixels on each side of a box's middle. */
    private final int radius;
    /** The weight of a whole pixel and of the partly covered pixel beyond each end, in units of {@link #ONE}. */
    private final int wholeWeight;
    private final int endWeight;
    private final byte[] line;
    private final int[] sums;
    private final byte[] source;

    /** @param sigma standard deviation in pixels, more than 0 */
    LensBlur(final int width, final int height, final double sigma) {
        this.width = width;
        this.height = height;
        final double variance = sigma * sigma / PASSES;
        radius = (int) Math.floor(0.5 * (Math.sqrt(12 * variance + 1) - 1));
        final double r = radius;
        final double partial = (2 * r + 1) * (r * (r + 1) - 3 * variance)
                / (6 * (variance - (r + 1) * (r + 1)));
        wholeWeight = (int) (ONE / (2 * (partial + r) + 1));
        endWeight = (ONE - wholeWeight * (2 * radius + 1)) / 2;
        line = new byte[Math.max(width, 1) * CHANNELS];
        sums = new int[width * CHANNELS];
        source = new byte[width * height * CHANNELS];
    }

    /** Blurs the picture in place. */
    void apply(final byte[] rgb) {
        for (int pass = 0; pass < PASSES; pass++) {
            for (int y = 0; y < height; y++) {
                blurRow(rgb, y * width * CHANNELS);
            }
        }
        for (int pass = 0; pass < PASSES; pass++) {
            System.arraycopy(rgb, 0, source, 0, source.length);
            blurColumns(rgb);
        }
    }

    private void blurRow(final byte[] rgb, final int start) {
        System.arraycopy(rgb, start, line, 0, width * CHANNELS);
        for (int channel = 0; channel < CHANNELS; channel++) {
            int sum = 0;
            for (int x = -radius; x <= radius; x++) {
                sum += inRow(x, channel);
            }
            for (int x = 0; x < width; x++) {
                final int before = inRow(x - radius - 1, channel);
                final int after = inRow(x + radius + 1, channel);
                rgb[start + x * CHANNELS + channel] = mean(sum, before + after);
                sum += after - inRow(x - radius, channel);
            }
        }
    }

    private int inRow(final int x, final int channel) {
        return line[Math.max(0, Math.min(width - 1, x)) * CHANNELS + channel] & 0xff;
    }

    private void blurColumns(final byte[] rgb) {
        final int stride = width * CHANNELS;
        Arrays.fill(sums, 0);
        for (int y = -radius; y <= radius; y++) {
            final int row = row(y);
            for (int i = 0; i < stride; i++) {
                sums[i] += source[row + i] & 0xff;
            }
        }
        for (int y = 0; y < height; y++) {
            final int before = row(y - radius - 1);
            final int first = row(y - radius);
            final int after = row(y + radius + 1);
            final int to = y * stride;
            for (int i = 0; i < stride; i++) {
                final int next = source[after + i] & 0xff;
                rgb[to + i] = mean(sums[i], (source[before + i] & 0xff) + next);
                sums[i] += next - (source[first + i] & 0xff);
            }
        }
    }

    private int row(final int y) {
        return Math.max(0, Math.min(height - 1, y)) * width * CHANNELS;
    }

    private byte mean(final int whole, final int ends) {
        return (byte) (whole * wholeWeight + ends * endWeight + ONE / 2 >> 16);
    }
}
