/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.tensor.ElementType;

/**
 * What each of the 256 values of a sample becomes in the tensor: {@code (sample - mean) / std}, as the bits of the
 * tensor's element type, per channel of the tensor. Immutable.
 */
final class Normalisation {

    private final int[][] bits;

    /**
     * Computes the tables.
     *
     * @param mean one value per channel
     * @param std  one value per channel, not 0
     */
    Normalisation(final ElementType type, final double[] mean, final double[] std) {
        this.bits = new int[mean.length][256];
        for (int channel = 0; channel < mean.length; channel++) {
            for (int sample = 0; sample < 256; sample++) {
                bits[channel][sample] = bits(type, (sample - mean[channel]) / std[channel]);
            }
        }
    }

    private static int bits(final ElementType type, final double value) {
        switch (type) {
            case FLOAT32:
                return Float.floatToIntBits((float) value);
            case FLOAT16:
                return Half.bits((float) value);
            case UINT8:
                return (int) value;
            default:
                throw new IllegalArgumentException("Pictures cannot be written as " + type);
        }
    }

    int channels() {
        return bits.length;
    }

    /** The table of one channel of the tensor. Not to be changed. */
    int[] table(final int channel) {
        return bits[channel];
    }
}
