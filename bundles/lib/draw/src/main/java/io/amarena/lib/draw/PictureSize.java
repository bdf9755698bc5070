/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * The limits of a drawn picture.
 *
 * @param least shorter side below which a picture is enlarged by a whole factor, as far as the longest side permits
 * @param most  longest side above which it is reduced
 */
record PictureSize(int least, int most) {

    static PictureSize between(final int least, final int most) {
        return new PictureSize(least, most);
    }

    /** The width and height that a picture of that size gets, each at least 1. */
    int[] fit(final int width, final int height) {
        final int longest = Math.max(width, height);
        final int shortest = Math.min(width, height);
        if (longest > most) {
            final double scale = most / (double) longest;
            return new int[] {Math.max(1, (int) Math.round(width * scale)),
                Math.max(1, (int) Math.round(height * scale))};
        }
        final int factor = Math.max(1, Math.min((least + shortest - 1) / shortest, most / longest));
        return new int[] {width * factor, height * factor};
    }

    /** A copy in the fitting size, TYPE_INT_RGB; halved step by step, so that a large reduction does not flicker. */
    BufferedImage copy(final BufferedImage picture) {
        final int[] size = fit(picture.getWidth(), picture.getHeight());
        BufferedImage current = picture;
        while (current.getWidth() >= 2 * size[0] && current.getHeight() >= 2 * size[1]
                && current.getWidth() > size[0] + 1) {
            current = scaled(current, current.getWidth() / 2, current.getHeight() / 2);
        }
        return scaled(current, size[0], size[1]);
    }

    private static BufferedImage scaled(final BufferedImage picture, final int width, final int height) {
        final BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        final Graphics2D graphics = copy.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, width > picture.getWidth()
                    ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                    : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(picture, 0, 0, width, height, null);
        } finally {
            graphics.dispose();
        }
        return copy;
    }
}
