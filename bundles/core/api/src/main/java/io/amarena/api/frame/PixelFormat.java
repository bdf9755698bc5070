/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.frame;

/** The order of the 8-bit samples of a pixel, interleaved. */
public enum PixelFormat {
    /** Red, green, blue. */
    RGB(3),
    /** Blue, green, red. */
    BGR(3),
    /** Luminance alone. */
    GRAY(1);

    private final int bytesPerPixel;

    PixelFormat(final int bytesPerPixel) {
        this.bytesPerPixel = bytesPerPixel;
    }

    public int bytesPerPixel() {
        return bytesPerPixel;
    }
}
