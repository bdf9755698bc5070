/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

/**
 * What a rendered frame really shows: the label of its one defect and the defect's box in frame pixels, or
 * {@value #OK} and an empty box.
 *
 * @param label  a {@link DefectKind#label()}, or {@value #OK}
 * @param x      left edge of the box
 * @param y      top edge of the box
 * @param width  width of the box, 0 without a defect
 * @param height height of the box, 0 without a defect
 */
public record GroundTruth(String label, int x, int y, int width, int height) {

    /** The label of a plate without a defect. */
    public static final String OK = "ok";

    static final GroundTruth NO_DEFECT = new GroundTruth(OK, 0, 0, 0, 0);

    /** Whether the frame shows a defect. */
    public boolean defective() {
        return width > 0;
    }

    /** The box as {@code x,y,width,height}, or an empty text without a defect. */
    public String boxText() {
        return defective() ? x + "," + y + "," + width + "," + height : "";
    }
}
