/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

/**
 * Makes the rows of the scaled picture, each sample 8 bits, one plane per channel of the picture. Stateless but for
 * its tables, and thread-safe.
 */
interface RowSampler {

    /**
     * Makes one row.
     *
     * @param rows    of the picture
     * @param y       row of the scaled picture, from 0
     * @param sums    room for {@link #columns} intermediate values
     * @param planes  gets the samples of channel c from index c * {@code length}
     * @param length  samples per plane
     */
    void sample(PixelRows rows, int y, int[] sums, byte[] planes, int length);

    /** How many intermediate values a row needs. */
    int columns();

    /** The best sampler for two axes. */
    static RowSampler of(final Axis horizontal, final Axis vertical, final int channels) {
        if (MeanSampler.suits(horizontal, vertical)) {
            return new MeanSampler(horizontal, vertical, channels);
        }
        return ThreeToTwoSampler.suits(horizontal, vertical, channels) ? new ThreeToTwoSampler(horizontal, vertical)
                : new WeightedSampler(horizontal, vertical, channels);
    }
}
