/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

/** How a picture of any shape is laid into an input of a given one. */
enum Fit {

    /** The whole picture, in proportion; what it does not cover is padded. */
    LETTERBOX("image/letterbox"),

    /** The whole picture, each axis scaled on its own; nothing is padded. */
    STRETCH("image/stretch"),

    /** The middle of the picture, in proportion; what sticks out is cut off, nothing is padded. */
    CROP("image/crop");

    private final String stage;

    Fit(final String stage) {
        this.stage = stage;
    }

    /** The name by which model descriptors refer to it. */
    String stage() {
        return stage;
    }

    static Fit of(final String stage) {
        for (final Fit fit : values()) {
            if (fit.stage.equals(stage)) {
                return fit;
            }
        }
        throw new IllegalArgumentException("No way to lay pictures into inputs is called " + stage);
    }
}
