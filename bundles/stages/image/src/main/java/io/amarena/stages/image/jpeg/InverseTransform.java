/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image.jpeg;

import java.util.Arrays;

/**
 * Turns a block of 8x8 frequencies into 8, 4, 2 or 1 samples in each direction. With fewer than 8, the frequencies that
 * so few samples cannot show are left out, which is what an ideal low-pass filter before scaling does. The transform of
 * eight is that of Loeffler, Ligtenberg and Moschytz ("Practical fast 1-D DCT algorithms with 11 multiplications", 1989)
 * in whole numbers with {@value #BITS} bits of fraction.
 *
 * <p>Columns first, then rows; between them, values have {@value #EXTRA} bits of fraction and are √8 times too large, as
 * is the result of the rows, so that 3 bits more are dropped at the end. Not thread-safe.
 */
final class InverseTransform {

    private static final int BITS = 13;
    private static final int EXTRA = 2;
    private static final int AFTER_COLUMNS = BITS - EXTRA;
    private static final int AFTER_ROWS = BITS + EXTRA + 3;
    private static final int HALF_COLUMN = 1 << AFTER_COLUMNS - 1;
    /** One half for rounding, and 128, the middle of the samples. */
    private static final int MIDDLE = (1 << AFTER_ROWS - 1) + (128 << AFTER_ROWS);

    private static final int F_0_298 = fixed(0.298631336);
    private static final int F_0_390 = fixed(0.390180644);
    private static final int F_0_541 = fixed(0.541196100);
    private static final int F_0_765 = fixed(0.765366865);
    private static final int F_0_899 = fixed(0.899976223);
    private static final int F_1_175 = fixed(1.175875602);
    private static final int F_1_306 = fixed(1.306562965);
    private static final int F_1_501 = fixed(1.501321110);
    private static final int F_1_847 = fixed(1.847759065);
    private static final int F_1_961 = fixed(1.961570560);
    private static final int F_2_053 = fixed(2.053119869);
    private static final int F_2_562 = fixed(2.562915447);
    private static final int F_3_072 = fixed(3.072711026);

    /** The highest column that can have a coefficient, by the index of the last coefficient in the order of the data. */
    private static final int[] LAST_COLUMN = new int[64];

    static {
        for (int k = 1; k < 64; k++) {
            LAST_COLUMN[k] = Math.max(LAST_COLUMN[k - 1], BlockReader.natural(k) & 7);
        }
    }

    private final int[] between = new int[64];

    private static int fixed(final double value) {
        return (int) Math.round(value * (1 << BITS));
    }

    /**
     * Turns one block.
     *
     * @param block  coefficients, row by row
     * @param last   index of the last one that is not zero, in the order of the data
     * @param width  samples in a row: 1, 2, 4 or 8
     * @param height rows: 1, 2, 4 or 8
     * @param plane  gets the samples
     * @param at     where the first one goes
     * @param stride from one row to the next
     */
    void turn(final int[] block, final int last, final int width, final int height, final byte[] plane, final int at,
            final int stride) {
        if (last == 0 || width == 1 && height == 1) {
            even(block[0], width, height, plane, at, stride);
            return;
        }
        final int columns = Math.min(width, LAST_COLUMN[last] + 1);
        switch (height) {
            case 8:
                columnsOfEight(block, columns);
                break;
            case 4:
                columnsOfFour(block, columns);
                break;
            case 2:
                columnsOfTwo(block, columns);
                break;
            default:
                for (int x = 0; x < columns; x++) {
                    between[x] = block[x] << EXTRA;
                }
                break;
        }
        if (columns < width) {
            for (int y = 0; y < height; y++) {
                Arrays.fill(between, 8 * y + columns, 8 * y + width, 0);
            }
        }
        switch (width) {
            case 8:
                rowsOfEight(height, plane, at, stride);
                break;
            case 4:
                rowsOfFour(height, plane, at, stride);
                break;
            case 2:
                rowsOfTwo(height, plane, at, stride);
                break;
            default:
                for (int y = 0; y < height; y++) {
                    plane[at + y * stride] = sample(between[8 * y] << BITS);
                }
                break;
        }
    }

    private static void even(final int first, final int width, final int height, final byte[] plane, final int at,
            final int stride) {
        final byte sample = sample(first << EXTRA + BITS);
        for (int y = 0, row = at; y < height; y++, row += stride) {
            for (int x = 0; x < width; x++) {
                plane[row + x] = sample;
            }
        }
    }

    /** Rounds, moves zero to the middle, and keeps within a byte. */
    private static byte sample(final int value) {
        final int sample = value + MIDDLE >> AFTER_ROWS;
        return (byte) ((sample & ~0xff) == 0 ? sample : ~sample >> 31);
    }

    private void columnsOfEight(final int[] block, final int columns) {
        for (int x = 0; x < columns; x++) {
            final int c0 = block[x];
            final int c1 = block[8 + x];
            final int c2 = block[16 + x];
            final int c3 = block[24 + x];
            final int c4 = block[32 + x];
            final int c5 = block[40 + x];
            final int c6 = block[48 + x];
            final int c7 = block[56 + x];
            if ((c1 | c2 | c3 | c4 | c5 | c6 | c7) == 0) {
                for (int y = 0; y < 64; y += 8) {
                    between[y + x] = c0 << EXTRA;
                }
                continue;
            }
            final int e = (c2 + c6) * F_0_541;
            final int e2 = e - c6 * F_1_847;
            final int e3 = e + c2 * F_0_765;
            final int e0 = (c0 + c4 << BITS) + HALF_COLUMN;
            final int e1 = (c0 - c4 << BITS) + HALF_COLUMN;
            final int s0 = e0 + e3;
            final int s3 = e0 - e3;
            final int s1 = e1 + e2;
            final int s2 = e1 - e2;
            final int o5 = (c7 + c3 + c5 + c1) * F_1_175;
            final int o1 = (c7 + c1) * -F_0_899;
            final int o2 = (c5 + c3) * -F_2_562;
            final int o3 = o5 - (c7 + c3) * F_1_961;
            final int o4 = o5 - (c5 + c1) * F_0_390;
            final int d0 = c7 * F_0_298 + o1 + o3;
            final int d1 = c5 * F_2_053 + o2 + o4;
            final int d2 = c3 * F_3_072 + o2 + o3;
            final int d3 = c1 * F_1_501 + o1 + o4;
            between[x] = s0 + d3 >> AFTER_COLUMNS;
            between[56 + x] = s0 - d3 >> AFTER_COLUMNS;
            between[8 + x] = s1 + d2 >> AFTER_COLUMNS;
            between[48 + x] = s1 - d2 >> AFTER_COLUMNS;
            between[16 + x] = s2 + d1 >> AFTER_COLUMNS;
            between[40 + x] = s2 - d1 >> AFTER_COLUMNS;
            between[24 + x] = s3 + d0 >> AFTER_COLUMNS;
            between[32 + x] = s3 - d0 >> AFTER_COLUMNS;
        }
    }

    private void rowsOfEight(final int height, final byte[] plane, final int start, final int stride) {
        for (int y = 0, at = start, row = 0; y < height; y++, at += stride, row += 8) {
            final int c0 = between[row];
            final int c1 = between[row + 1];
            final int c2 = between[row + 2];
            final int c3 = between[row + 3];
            final int c4 = between[row + 4];
            final int c5 = between[row + 5];
            final int c6 = between[row + 6];
            final int c7 = between[row + 7];
            final int e = (c2 + c6) * F_0_541;
            final int e2 = e - c6 * F_1_847;
            final int e3 = e + c2 * F_0_765;
            final int e0 = c0 + c4 << BITS;
            final int e1 = c0 - c4 << BITS;
            final int s0 = e0 + e3;
            final int s3 = e0 - e3;
            final int s1 = e1 + e2;
            final int s2 = e1 - e2;
            final int o5 = (c7 + c3 + c5 + c1) * F_1_175;
            final int o1 = (c7 + c1) * -F_0_899;
            final int o2 = (c5 + c3) * -F_2_562;
            final int o3 = o5 - (c7 + c3) * F_1_961;
            final int o4 = o5 - (c5 + c1) * F_0_390;
            final int d0 = c7 * F_0_298 + o1 + o3;
            final int d1 = c5 * F_2_053 + o2 + o4;
            final int d2 = c3 * F_3_072 + o2 + o3;
            final int d3 = c1 * F_1_501 + o1 + o4;
            plane[at] = sample(s0 + d3);
            plane[at + 7] = sample(s0 - d3);
            plane[at + 1] = sample(s1 + d2);
            plane[at + 6] = sample(s1 - d2);
            plane[at + 2] = sample(s2 + d1);
            plane[at + 5] = sample(s2 - d1);
            plane[at + 3] = sample(s3 + d0);
            plane[at + 4] = sample(s3 - d0);
        }
    }

    private void columnsOfFour(final int[] block, final int columns) {
        for (int x = 0; x < columns; x++) {
            final int e0 = (block[x] + block[16 + x] << BITS) + HALF_COLUMN;
            final int e1 = (block[x] - block[16 + x] << BITS) + HALF_COLUMN;
            final int d0 = block[8 + x] * F_1_306 + block[24 + x] * F_0_541;
            final int d1 = block[8 + x] * F_0_541 - block[24 + x] * F_1_306;
            between[x] = e0 + d0 >> AFTER_COLUMNS;
            between[8 + x] = e1 + d1 >> AFTER_COLUMNS;
            between[16 + x] = e1 - d1 >> AFTER_COLUMNS;
            between[24 + x] = e0 - d0 >> AFTER_COLUMNS;
        }
    }

    private void rowsOfFour(final int height, final byte[] plane, final int start, final int stride) {
        for (int y = 0, at = start, row = 0; y < height; y++, at += stride, row += 8) {
            final int e0 = between[row] + between[row + 2] << BITS;
            final int e1 = between[row] - between[row + 2] << BITS;
            final int d0 = between[row + 1] * F_1_306 + between[row + 3] * F_0_541;
            final int d1 = between[row + 1] * F_0_541 - between[row + 3] * F_1_306;
            plane[at] = sample(e0 + d0);
            plane[at + 1] = sample(e1 + d1);
            plane[at + 2] = sample(e1 - d1);
            plane[at + 3] = sample(e0 - d0);
        }
    }

    private void columnsOfTwo(final int[] block, final int columns) {
        for (int x = 0; x < columns; x++) {
            between[x] = block[x] + block[8 + x] << EXTRA;
            between[8 + x] = block[x] - block[8 + x] << EXTRA;
        }
    }

    private void rowsOfTwo(final int height, final byte[] plane, final int start, final int stride) {
        for (int y = 0, at = start, row = 0; y < height; y++, at += stride, row += 8) {
            plane[at] = sample(between[row] + between[row + 1] << BITS);
            plane[at + 1] = sample(between[row] - between[row + 1] << BITS);
        }
    }
}
