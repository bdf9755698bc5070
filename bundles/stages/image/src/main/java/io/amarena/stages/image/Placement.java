/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.model.Size;
import io.amarena.api.stage.Geometry;

/**
 * Where a picture comes to lie in the input: the picture is scaled to {@code scaledWidth} x {@code scaledHeight}, and
 * of that the part from ({@code skippedX}, {@code skippedY}) of {@code width} x {@code height} pixels is written
 * to ({@code left}, {@code top}) of the input.
 *
 * @param geometry the way back, from input to frame
 */
record Placement(Geometry geometry, int scaledWidth, int scaledHeight, int skippedX, int skippedY, int left, int top,
        int width, int height) {

    /**
     * The rules of a stage for pictures of any size.
     *
     * @param centred whether a letterboxed picture lies in the middle instead of at the top left
     * @param enlarge whether a letterboxed picture may become larger than it is
     */
    record Rule(Fit fit, boolean centred, boolean enlarge) {
    }

    static Placement of(final Rule rule, final int frameWidth, final int frameHeight, final Size input) {
        final double scaleX = (double) input.width() / frameWidth;
        final double scaleY = (double) input.height() / frameHeight;
        switch (rule.fit()) {
            case STRETCH:
                return of(frameWidth, frameHeight, input.width(), input.height(), input, true);
            case CROP:
                final double covering = Math.max(scaleX, scaleY);
                return of(frameWidth, frameHeight, scaled(frameWidth, covering, input.width()),
                        scaled(frameHeight, covering, input.height()), input, true);
            default:
                final double fitting = Math.min(scaleX, scaleY);
                final double scale = rule.enlarge() ? fitting : Math.min(1, fitting);
                return of(frameWidth, frameHeight, scaled(frameWidth, scale, 1), scaled(frameHeight, scale, 1), input,
                        rule.centred());
        }
    }

    private static int scaled(final int length, final double scale, final int least) {
        return (int) Math.max(least, Math.round(length * scale));
    }

    private static Placement of(final int frameWidth, final int frameHeight, final int scaledWidth,
            final int scaledHeight, final Size input, final boolean centred) {
        final int offsetX = offset(input.width(), scaledWidth, centred);
        final int offsetY = offset(input.height(), scaledHeight, centred);
        final Geometry geometry = new Geometry(frameWidth, frameHeight, input.width(), input.height(),
                (double) scaledWidth / frameWidth, (double) scaledHeight / frameHeight, offsetX, offsetY);
        return new Placement(geometry, scaledWidth, scaledHeight, Math.max(0, -offsetX), Math.max(0, -offsetY),
                Math.max(0, offsetX), Math.max(0, offsetY), Math.min(input.width(), scaledWidth),
                Math.min(input.height(), scaledHeight));
    }

    private static int offset(final int input, final int scaled, final boolean centred) {
        if (scaled > input) {
            return -((scaled - input) / 2);
        }
        return centred ? (input - scaled) / 2 : 0;
    }
}
