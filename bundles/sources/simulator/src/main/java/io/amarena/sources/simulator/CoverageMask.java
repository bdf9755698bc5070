/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

import java.util.Arrays;

/**
 * How much of each pixel of a square plate a drawn shape covers, 0 to 255, and the box of what it covers visibly.
 * Shapes join: where they overlap, the larger coverage holds. Not for use by several threads.
 */
final class CoverageMask {
    private static final int VISIBLE = 64;

    private final byte[] coverage;
    private int side;
    private int left;
    private int top;
    private int right;
    private int bottom;

    /** @param maxSide the side of the largest plate to come, in pixels */
    CoverageMask(final int maxSide) {
        coverage = new byte[maxSide * maxSide];
    }

    /** Forgets every shape and takes the size of the next plate. */
    void start(final int newSide) {
        Arrays.fill(coverage, 0, newSide * newSide, (byte) 0);
        side = newSide;
        left = newSide;
        top = newSide;
        right = -1;
        bottom = -1;
    }

    /** A stroke with round ends whose radius goes from {@code r0} to {@code r1}, with smooth edges. */
    void stroke(final double x0, final double y0, final double r0, final double x1, final double y1,
            final double r1) {
        final double reach = Math.max(r0, r1) + 1;
        final int firstX = clamp((int) (Math.min(x0, x1) - reach));
        final int lastX = clamp((int) (Math.max(x0, x1) + reach));
        final int firstY = clamp((int) (Math.min(y0, y1) - reach));
        final int lastY = clamp((int) (Math.max(y0, y1) + reach));
        final double dx = x1 - x0;
        final double dy = y1 - y0;
        final double perSquare = 1 / Math.max(dx * dx + dy * dy, 1e-9);
        for (int y = firstY; y <= lastY; y++) {
            for (int x = firstX; x <= lastX; x++) {
                final double px = x + 0.5 - x0;
                final double py = y + 0.5 - y0;
                final double along = Math.max(0, Math.min(1, (px * dx + py * dy) * perSquare));
                final double ex = px - along * dx;
                final double ey = py - along * dy;
                final double inside = r0 + along * (r1 - r0) + 0.5 - Math.sqrt(ex * ex + ey * ey);
                cover(x, y, inside * Math.min(1, 0.25 + r0 + r1));
            }
        }
    }

    /**
     * A soft blot: the sum of round hills, cut at a height. The edge fades over {@code softness} of the hills' height.
     *
     * @param hills triples of centre x, centre y and radius
     */
    void blot(final double[] hills, final double softness) {
        double minX = side;
        double minY = side;
        double maxX = 0;
        double maxY = 0;
        for (int i = 0; i < hills.length; i += 3) {
            minX = Math.min(minX, hills[i] - hills[i + 2]);
            minY = Math.min(minY, hills[i + 1] - hills[i + 2]);
            maxX = Math.max(maxX, hills[i] + hills[i + 2]);
            maxY = Math.max(maxY, hills[i + 1] + hills[i + 2]);
        }
        for (int y = clamp((int) minY); y <= clamp((int) maxY); y++) {
            for (int x = clamp((int) minX); x <= clamp((int) maxX); x++) {
                double height = 0;
                for (int i = 0; i < hills.length; i += 3) {
                    final double dx = x + 0.5 - hills[i];
                    final double dy = y + 0.5 - hills[i + 1];
                    final double slope = 1 - (dx * dx + dy * dy) / (hills[i + 2] * hills[i + 2]);
                    if (slope > 0) {
                        height += slope * slope;
                    }
                }
                cover(x, y, (height - 0.4) / softness + 0.5);
            }
        }
    }

    /** The coverage of a pixel, 0 to 255. */
    int at(final int x, final int y) {
        return coverage[y * side + x] & 0xff;
    }

    /** The visible shapes' box in plate pixels, widened by {@code margin} on every side but not over the plate's edge. */
    PlateBox box(final double margin) {
        return PlateBox.within(side, left - margin, top - margin, right + 1 + margin, bottom + 1 + margin);
    }

    private void cover(final int x, final int y, final double share) {
        if (share <= 0) {
            return;
        }
        final int level = (int) (Math.min(1, share) * 255);
        final int index = y * side + x;
        if (level > (coverage[index] & 0xff)) {
            coverage[index] = (byte) level;
        }
        if (level >= VISIBLE) {
            left = Math.min(left, x);
            right = Math.max(right, x);
            top = Math.min(top, y);
            bottom = Math.max(bottom, y);
        }
    }

    private int clamp(final int coordinate) {
        return Math.max(0, Math.min(side - 1, coordinate));
    }
}
