/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.result;

import java.util.Locale;
import java.util.Objects;

/** One found object with its box in frame pixels. Immutable. */
public final class Detection {

    private final int classIndex;
    private final String label;
    private final float score;
    private final float x;
    private final float y;
    private final float width;
    private final float height;

    private Detection(final int classIndex, final String label, final float score, final float x, final float y,
            final float width, final float height) {
        this.classIndex = classIndex;
        this.label = Objects.requireNonNull(label, "label");
        this.score = score;
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
    }

    /**
     * One object.
     *
     * @param classIndex from 0, in the order of the model's labels
     * @param label      name of the class
     * @param score      confidence, 0 to 1
     * @param x          left edge in frame pixels
     * @param y          top edge in frame pixels
     * @param width      in frame pixels
     * @param height     in frame pixels
     */
    public static Detection of(final int classIndex, final String label, final float score, final float x,
            final float y, final float width, final float height) {
        return new Detection(classIndex, label, score, x, y, width, height);
    }

    public int classIndex() {
        return classIndex;
    }

    public String label() {
        return label;
    }

    public float score() {
        return score;
    }

    public float x() {
        return x;
    }

    public float y() {
        return y;
    }

    public float width() {
        return width;
    }

    public float height() {
        return height;
    }

    /** Intersection over union of the two boxes, 0 to 1. */
    public double iou(final Detection other) {
        final double overlapWidth = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
        final double overlapHeight = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
        if (overlapWidth <= 0 || overlapHeight <= 0) {
            return 0;
        }
        final double overlap = overlapWidth * overlapHeight;
        return overlap / ((double) width * height + (double) other.width * other.height - overlap);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.2f at %.0f,%.0f %.0fx%.0f", label, score, x, y, width, height);
    }
}
