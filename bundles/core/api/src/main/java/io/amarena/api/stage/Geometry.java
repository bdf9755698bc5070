/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.stage;

/**
 * How one frame was laid into the model's input: a point (u, v) of the input, in input pixels, is the point
 * ({@code (u - offsetX) / scaleX}, {@code (v - offsetY) / scaleY}) of the frame, in frame pixels.
 *
 * @param frameWidth  of the frame in pixels (for samples: the number of instants)
 * @param frameHeight of the frame in pixels (for samples: 1)
 * @param inputWidth  of the model's input in pixels
 * @param inputHeight of the model's input in pixels
 * @param scaleX      input pixels per frame pixel
 * @param scaleY      input pixels per frame pixel
 * @param offsetX     where the left edge of the frame lies in the input; negative when it was cropped
 * @param offsetY     where the top edge of the frame lies in the input; negative when it was cropped
 */
public record Geometry(int frameWidth, int frameHeight, int inputWidth, int inputHeight, double scaleX,
        double scaleY, double offsetX, double offsetY) {

    /** Input x to frame x, clipped to the frame. */
    public double frameX(final double inputX) {
        return Math.max(0, Math.min(frameWidth, (inputX - offsetX) / scaleX));
    }

    /** Input y to frame y, clipped to the frame. */
    public double frameY(final double inputY) {
        return Math.max(0, Math.min(frameHeight, (inputY - offsetY) / scaleY));
    }
}
