/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.frame.Image;
import java.nio.ByteBuffer;

/**
 * The rows of a picture as bytes in an array: where the picture has an array, that one, otherwise a copy of the few
 * rows that are needed at a time. Not thread-safe.
 */
final class PixelRows {

    private byte[] copy = new byte[0];
    private byte[] bytes;
    private ByteBuffer pixels;
    private boolean direct;
    private int base;
    private int stride;
    private int from;
    private int length;

    /**
     * Begins with a picture.
     *
     * @param from first byte of each row that is needed
     * @param to   end of the bytes of each row that are needed
     */
    void open(final Image image, final int from, final int to) {
        this.pixels = image.pixels();
        this.stride = image.stride();
        this.from = from;
        this.length = to - from;
        this.direct = !pixels.hasArray();
        if (!direct) {
            bytes = pixels.array();
            base = pixels.arrayOffset();
        }
    }

    /** Makes rows available; those of an earlier call may be gone. */
    void load(final int firstRow, final int rows) {
        if (direct) {
            if (copy.length < rows * length) {
                copy = new byte[rows * length];
            }
            for (int row = 0; row < rows; row++) {
                pixels.get((firstRow + row) * stride + from, copy, row * length, length);
            }
            bytes = copy;
            base = -firstRow * length - from;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where byte 0 of a loaded row would lie in {@link #bytes()}. */
    int offset(final int row) {
        return base + row * (direct ? length : stride);
    }

    /** Lets go of the picture. */
    void close() {
        bytes = null;
        pixels = null;
    }
}
