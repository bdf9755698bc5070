/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Makes two samples of three in both directions, for pixels of three channels: what is left to do for a picture of 1920
 * pixels, decoded at a half or a quarter, and an input of 640 or 320. A target sample covers one and a half source
 * samples, so that with weights of 2 and 1 its mean is a ninth of a sum, without any other rounding. Four sums are made at
 * once, in the 16-bit lanes of a long.
 */
final class ThreeToTwoSampler implements RowSampler {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.LITTLE_ENDIAN);
    private static final long LANES = 0x00FF00FF00FF00FFL;
    private static final int LANE = 0xFFFF;

    private final int from;
    private final int firstRow;
    private final int pairs;

    ThreeToTwoSampler(final Axis horizontal, final Axis vertical) {
        this.from = 3 * horizontal.sourceFrom();
        this.firstRow = vertical.sourceFrom();
        this.pairs = horizontal.length() / 2;
    }

    static boolean suits(final Axis horizontal, final Axis vertical, final int channels) {
        return horizontal.isThreeToTwo() && vertical.isThreeToTwo() && channels == 3;
    }

    @Override
    public int columns() {
        return 0;
    }

    @Override
    public void sample(final PixelRows rows, final int y, final int[] sums, final byte[] planes, final int length) {
        final int first = firstRow + y / 2 * 3 + y % 2;
        rows.load(first, 2);
        final int upper = rows.offset(first) + from;
        final int lower = rows.offset(first + 1) + from;
        final boolean even = y % 2 == 0;
        mix(rows.bytes(), even ? upper : lower, even ? lower : upper, planes, pairs, length);
    }

    /**
     * Makes a row.
     *
     * @param near  row that counts twice
     * @param other row that counts once
     */
    private static void mix(final byte[] bytes, final int near, final int other, final byte[] planes, final int pairs,
            final int length) {
        for (int x = 0, at = 0; x < 2 * pairs; x += 2, at += 9) {
            final long nearer = (long) LONGS.get(bytes, near + at);
            final long further = (long) LONGS.get(bytes, other + at);
            final long even = 2 * (nearer & LANES) + (further & LANES);
            final long odd = 2 * (nearer >>> 8 & LANES) + (further >>> 8 & LANES);
            final int middle = (int) (odd >>> 16) & LANE;
            planes[x] = ninth(2 * ((int) even & LANE) + middle);
            planes[x + 1] = ninth(middle + 2 * (int) (even >>> 48));
            final int secondMiddle = (int) (even >>> 32) & LANE;
            planes[x + length] = ninth(2 * ((int) odd & LANE) + secondMiddle);
            planes[x + length + 1] = ninth(secondMiddle + 2 * (int) (odd >>> 48));
            final int thirdMiddle = (int) (odd >>> 32) & LANE;
            final int last = 2 * (bytes[near + at + 8] & 0xff) + (bytes[other + at + 8] & 0xff);
            planes[x + 2 * length] = ninth(2 * ((int) (even >>> 16) & LANE) + thirdMiddle);
            planes[x + 2 * length + 1] = ninth(thirdMiddle + 2 * last);
        }
    }

    private static byte ninth(final int sum) {
        return (byte) (sum * 7282 + 0x8000 >>> 16);
    }
}
