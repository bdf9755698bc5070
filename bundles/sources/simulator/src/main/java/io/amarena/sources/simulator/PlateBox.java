/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

/** A box on a plate, in pixels from the plate's left and top edge; right and bottom are exclusive. */
record PlateBox(int left, int top, int right, int bottom) {

    /** The box of whole pixels around the given edges, cut at the edges of a plate. */
    static PlateBox within(final int side, final double left, final double top, final double right,
            final double bottom) {
        return new PlateBox(
                (int) Math.max(0, Math.floor(left)),
                (int) Math.max(0, Math.floor(top)),
                (int) Math.min(side, Math.ceil(right)),
                (int) Math.min(side, Math.ceil(bottom)));
    }
}
