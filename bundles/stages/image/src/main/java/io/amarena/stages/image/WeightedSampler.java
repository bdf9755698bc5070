/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

/**
 * Resamples by weights, first the columns of the rows that make one target row, then that row. Works for every
 * ratio.
 */
final class WeightedSampler implements RowSampler {

    /** Precision of the vertical weights; together with 8 bits of a sample 24 bits. */
    static final int VERTICAL_BITS = 16;

    /** Precision of the horizontal weights; together with 16 bits of an intermediate value 31 bits. */
    static final int HORIZONTAL_BITS = 15;

    private static final int DROPPED = 8;
    private static final int SHIFT = VERTICAL_BITS - DROPPED + HORIZONTAL_BITS;
    private static final int HALF = 1 << SHIFT - 1;

    private final Axis horizontal;
    private final Axis vertical;
    private final int channels;
    private final int from;
    private final int columns;

    WeightedSampler(final Axis horizontal, final Axis vertical, final int channels) {
        this.horizontal = horizontal;
        this.vertical = vertical;
        this.channels = channels;
        this.from = horizontal.sourceFrom() * channels;
        this.columns = (horizontal.sourceTo() - horizontal.sourceFrom()) * channels;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void sample(final PixelRows rows, final int y, final int[] sums, final byte[] planes, final int length) {
        mixRows(rows, y, sums);
        if (channels == 3) {
            mixThree(sums, planes, length);
        } else {
            mixOne(sums, planes);
        }
    }

    private void mixRows(final PixelRows rows, final int y, final int[] sums) {
        final int taps = vertical.taps();
        final int first = vertical.first()[y];
        final int[] weights = vertical.weights();
        final int at = y * taps;
        rows.load(first, taps);
        final byte[] bytes = rows.bytes();
        int tap = 0;
        while (tap < taps) {
            final int left = taps - tap;
            final int a = rows.offset(first + tap) + from;
            final int b = rows.offset(first + tap + (left > 1 ? 1 : 0)) + from;
            final int weightA = weights[at + tap];
            final int weightB = left > 1 ? weights[at + tap + 1] : 0;
            if (left <= 2) {
                addTwo(bytes, a, b, weightA, weightB, sums, columns, tap == 0);
                tap += 2;
            } else {
                final int c = rows.offset(first + tap + 2) + from;
                final int d = rows.offset(first + tap + (left > 3 ? 3 : 2)) + from;
                final int weightD = left > 3 ? weights[at + tap + 3] : 0;
                addFour(bytes, a, b, c, d, weightA, weightB, weights[at + tap + 2], weightD, sums, columns, tap == 0);
                tap += 4;
            }
        }
        for (int i = 0; i < columns; i++) {
            sums[i] >>>= DROPPED;
        }
    }

    private static void addTwo(final byte[] bytes, final int a, final int b, final int weightA, final int weightB,
            final int[] sums, final int columns, final boolean begin) {
        if (begin) {
            for (int i = 0; i < columns; i++) {
                sums[i] = weightA * (bytes[a + i] & 0xff) + weightB * (bytes[b + i] & 0xff);
            }
        } else {
            for (int i = 0; i < columns; i++) {
                sums[i] += weightA * (bytes[a + i] & 0xff) + weightB * (bytes[b + i] & 0xff);
            }
        }
    }

    private static void addFour(final byte[] bytes, final int a, final int b, final int c, final int d,
            final int weightA, final int weightB, final int weightC, final int weightD, final int[] sums,
            final int columns, final boolean begin) {
        if (begin) {
            for (int i = 0; i < columns; i++) {
                sums[i] = weightA * (bytes[a + i] & 0xff) + weightB * (bytes[b + i] & 0xff)
                        + weightC * (bytes[c + i] & 0xff) + weightD * (bytes[d + i] & 0xff);
            }
        } else {
            for (int i = 0; i < columns; i++) {
                sums[i] += weightA * (bytes[a + i] & 0xff) + weightB * (bytes[b + i] & 0xff)
                        + weightC * (bytes[c + i] & 0xff) + weightD * (bytes[d + i] & 0xff);
            }
        }
    }

    private void mixThree(final int[] sums, final byte[] planes, final int length) {
        final int taps = horizontal.taps();
        final int[] first = horizontal.first();
        final int[] weights = horizontal.weights();
        final int width = first.length;
        for (int x = 0; x < width; x++) {
            int column = first[x] * 3 - from;
            int weight = x * taps;
            int one = HALF;
            int two = HALF;
            int three = HALF;
            for (final int end = weight + taps; weight < end; weight++) {
                final int w = weights[weight];
                one += w * sums[column];
                two += w * sums[column + 1];
                three += w * sums[column + 2];
                column += 3;
            }
            planes[x] = (byte) (one >>> SHIFT);
            planes[x + length] = (byte) (two >>> SHIFT);
            planes[x + 2 * length] = (byte) (three >>> SHIFT);
        }
    }

    private void mixOne(final int[] sums, final byte[] planes) {
        final int taps = horizontal.taps();
        final int[] first = horizontal.first();
        final int[] weights = horizontal.weights();
        final int width = first.length;
        for (int x = 0; x < width; x++) {
            int column = first[x] - from;
            int weight = x * taps;
            int sum = HALF;
            for (final int end = weight + taps; weight < end; weight++) {
                sum += weights[weight] * sums[column++];
            }
            planes[x] = (byte) (sum >>> SHIFT);
        }
    }
}
