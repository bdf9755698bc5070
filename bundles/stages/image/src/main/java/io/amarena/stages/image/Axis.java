/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

/**
 * How the samples of one axis are made from those of the picture: target sample {@code i} is the sum of
 * {@code weights[i * taps + t]} times source sample {@code first[i] + t} over all taps. When the axis shrinks, a
 * target sample is the mean of the stretch of the source that it covers, with fractions at both ends (area average);
 * when it grows, it is interpolated between its two neighbours, pixel centres at one half (bilinear). Immutable.
 *
 * <p>The weights are whole numbers whose sum is exactly {@code 1 << bits} for every target sample, so that an even
 * area keeps its value.
 */
final class Axis {

    private final int taps;
    private final int[] first;
    private final int[] weights;
    private final int ratio;
    private final boolean threeToTwo;
    private final int sourceFrom;
    private final int sourceTo;

    private Axis(final int taps, final int[] first, final int[] weights, final int ratio,
            final boolean threeToTwo) {
        this.taps = taps;
        this.threeToTwo = threeToTwo;
        this.first = first;
        this.weights = weights;
        this.ratio = ratio;
        this.sourceFrom = first[0];
        this.sourceTo = first[first.length - 1] + taps;
    }

    /**
     * An axis.
     *
     * @param source  samples of the picture
     * @param scaled  samples that the whole picture would have after scaling
     * @param skipped how many of these are left out at the beginning
     * @param length  how many are wanted
     * @param bits    precision of the weights
     */
    static Axis of(final int source, final int scaled, final int skipped, final int length, final int bits) {
        return scaled <= source ? shrinking(source, scaled, skipped, length, bits)
                : growing(source, scaled, skipped, length, bits);
    }

    private static Axis shrinking(final int source, final int scaled, final int skipped, final int length,
            final int bits) {
        final int ratio = source % scaled == 0 ? source / scaled : 0;
        final int most = ratio != 0 ? ratio : Math.min(source, source / scaled + 2);
        final int[] first = new int[length];
        final int[] weights = new int[length * most];
        final double one = 1 << bits;
        for (int i = 0; i < length; i++) {
            final long target = (long) skipped + i;
            final int begin = (int) (target * source / scaled);
            first[i] = Math.min(begin, source - most);
            final double from = (double) target * source / scaled;
            final double span = (double) source / scaled;
            long done = 0;
            for (int t = 0; t < most; t++) {
                final double covered = Math.max(0, Math.min(span, first[i] + t + 1 - from));
                final long due = t == most - 1 ? 1L << bits : Math.round(covered / span * one);
                weights[i * most + t] = (int) (due - done);
                done = due;
            }
        }
        return new Axis(most, first, weights, ratio,
                2L * source == 3L * scaled && skipped % 2 == 0 && length % 2 == 0);
    }

    private static Axis growing(final int source, final int scaled, final int skipped, final int length,
            final int bits) {
        final int taps = Math.min(2, source);
        final int[] first = new int[length];
        final int[] weights = new int[length * taps];
        for (int i = 0; i < length; i++) {
            final double centre = (skipped + i + 0.5) * source / scaled - 0.5;
            final double inside = Math.max(0, Math.min(source - 1, centre));
            first[i] = Math.min((int) inside, source - taps);
            final int second = (int) Math.round((inside - first[i]) * (1 << bits));
            if (taps == 1) {
                weights[i] = 1 << bits;
            } else {
                weights[2 * i] = (1 << bits) - second;
                weights[2 * i + 1] = second;
            }
        }
        return new Axis(taps, first, weights, 0, false);
    }

    int length() {
        return first.length;
    }

    /** How many source samples each target sample looks at. */
    int taps() {
        return taps;
    }

    /** The first source sample of each target sample. */
    int[] first() {
        return first;
    }

    /** All weights, those of a target sample side by side. */
    int[] weights() {
        return weights;
    }

    /** How many source samples make one target sample, when that is a whole number without fractions; otherwise 0. */
    int ratio() {
        return ratio;
    }

    /** Whether the target samples come in pairs of which each covers three source samples. */
    boolean isThreeToTwo() {
        return threeToTwo;
    }

    /** The first source sample that is used at all. */
    int sourceFrom() {
        return sourceFrom;
    }

    /** The end of the source samples that are used at all. */
    int sourceTo() {
        return sourceTo;
    }
}
