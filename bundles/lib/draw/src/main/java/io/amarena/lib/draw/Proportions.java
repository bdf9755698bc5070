/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

/**
 * Sizes of everything that is drawn, in proportion to the picture.
 *
 * @param line    width of box lines in pixels, a whole number
 * @param capital height of capital letters in pixels
 * @param padding between text and the edge of its tag in pixels
 */
record Proportions(double line, double capital, double padding) {

    private static final double LETTERS_PER_SIDE = 40;
    private static final double LINES_PER_SIDE = 270;

    static Proportions of(final int width, final int height) {
        final double side = Math.min(width, height);
        final double capital = bounded(side / LETTERS_PER_SIDE, 8, 34);
        return new Proportions(Math.round(bounded(side / LINES_PER_SIDE, 2, 8)), capital, Math.round(capital * 0.55));
    }

    double tagHeight() {
        return Math.ceil(capital * (1 + StrokeFont.PEN) + 2 * padding);
    }

    private static double bounded(final double value, final double least, final double most) {
        return Math.max(least, Math.min(most, value));
    }
}
