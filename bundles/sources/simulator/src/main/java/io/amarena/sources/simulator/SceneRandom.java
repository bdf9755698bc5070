/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

/**
 * The random numbers of one frame: SplitMix64 (Steele, Lea and Flood, <i>Fast splittable pseudorandom number
 * generators</i>, 2014), started from a seed and a stream number.
 *
 * <p><b>Note:</b> {@link java.util.SplittableRandom} draws the same bits, but leaves open how it turns them into
 * bounded and normal numbers; a scene must look the same on every Java version. Not for use by several threads.
 */
final class SceneRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    SceneRandom(final long seed, final long stream) {
        state = mix(mix(seed + GOLDEN_GAMMA) + stream * GOLDEN_GAMMA);
    }

    /** Any 64 bits. */
    long bits() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** A whole number from 0 to {@code bound - 1}. */
    int below(final int bound) {
        return (int) ((bits() >>> 32) * bound >>> 32);
    }

    /** A number from {@code low} up to, but not including, {@code high}. */
    double between(final double low, final double high) {
        return low + (high - low) * ((bits() >>> 11) * 0x1.0p-53);
    }

    boolean chance(final double probability) {
        return between(0, 1) < probability;
    }

    /** A nearly normal number with mean 0 and deviation 1: the sum of twelve uniform ones, which ends at ±6. */
    double normal() {
        double sum = -6;
        for (int i = 0; i < 3; i++) {
            final long bits = bits();
            sum += ((bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48)) * 0x1.0p-16;
        }
        return sum;
    }

    private static long mix(final long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
