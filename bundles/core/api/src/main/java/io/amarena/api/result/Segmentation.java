/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.result;

import java.util.List;

/** A class for every cell of a grid laid over the frame. Contract {@code segmentation/1}. */
public final class Segmentation implements Outcome {

    /** The contract. */
    public static final String CONTRACT = "segmentation/1";

    private final int width;
    private final int height;
    private final byte[] classes;
    private final List<String> labels;

    private Segmentation(final int width, final int height, final byte[] classes, final List<String> labels) {
        this.width = width;
        this.height = height;
        this.classes = classes;
        this.labels = labels;
    }

    /**
     * A mask.
     *
     * @param width   cells per row; the grid covers the whole frame
     * @param height  rows
     * @param classes one unsigned class index per cell, row by row; copied
     * @param labels  names of the classes
     */
    public static Segmentation of(final int width, final int height, final byte[] classes,
            final List<String> labels) {
        if (width < 1 || height < 1 || (long) width * height != classes.length) {
            throw new IllegalArgumentException("A mask of " + width + "x" + height + " cells does not have "
                    + classes.length + " classes");
        }
        return new Segmentation(width, height, classes.clone(), List.copyOf(labels));
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The class index of a cell. */
    public int classAt(final int column, final int row) {
        return Byte.toUnsignedInt(classes[row * width + column]);
    }

    public List<String> labels() {
        return labels;
    }

    @Override
    public String contract() {
        return CONTRACT;
    }
}
