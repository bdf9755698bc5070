/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

/**
 * The brightness of a square plate's surface under a steady lamp, in sixteenths of a grey level (0 is black,
 * {@value #WHITE} the sensor's white). One plane is reused for every plate. Not for use by several threads.
 */
final class GreyPlane {
    /** One grey level of 256. */
    static final int LEVEL = 16;
    static final int WHITE = 255 * LEVEL;

    private final short[] values;
    private int side;

    /** @param maxSide the side of the largest plate to come, in pixels */
    GreyPlane(final int maxSide) {
        values = new short[maxSide * maxSide];
    }

    void start(final int newSide) {
        side = newSide;
    }

    int side() {
        return side;
    }

    /** The values by row, without gaps between the rows. */
    short[] values() {
        return values;
    }

    /** Makes a pixel brighter by so many grey levels, or darker when they are negative. */
    void add(final int x, final int y, final double levels) {
        final int index = y * side + x;
        values[index] = clamped(values[index] + (int) (levels * LEVEL));
    }

    /** Makes what a mask covers brighter by so many grey levels. */
    void brighten(final CoverageMask mask, final PlateBox box, final double levels) {
        final int step = (int) (levels * LEVEL);
        for (int y = box.top(); y < box.bottom(); y++) {
            for (int x = box.left(); x < box.right(); x++) {
                final int index = y * side + x;
                values[index] = clamped(values[index] + (step * mask.at(x, y) >> 8));
            }
        }
    }

    /** Takes from what a mask covers a share of its light, 0 to 1. */
    void darken(final CoverageMask mask, final PlateBox box, final double share) {
        final int loss = (int) (share * 256);
        for (int y = box.top(); y < box.bottom(); y++) {
            for (int x = box.left(); x < box.right(); x++) {
                final int index = y * side + x;
                values[index] = clamped(values[index] - (values[index] * (loss * mask.at(x, y) >> 8) >> 8));
            }
        }
    }

    private static short clamped(final int value) {
        return (short) Math.max(0, Math.min(Short.MAX_VALUE, value));
    }
}
