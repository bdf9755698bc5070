/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image.jpeg;

/**
 * What a JPEG picture says of itself before its data.
 *
 * @param width           in pixels
 * @param height          in pixels
 * @param components      one for grey, three for luminance and two colour differences
 * @param restartInterval units of the scan between two restart markers; 0 without them
 * @param scan            index of the first byte of the data
 */
record JpegHeader(int width, int height, Component[] components, int restartInterval, int scan) {

    /**
     * A component of the picture.
     *
     * @param id         as in the scan
     * @param horizontal sampling factor
     * @param vertical   sampling factor
     * @param quantizer  of its coefficients, in the order of the data
     * @param dc         code of the first coefficient of a block
     * @param ac         code of the other coefficients
     */
    record Component(int id, int horizontal, int vertical, int[] quantizer, HuffmanTable dc, HuffmanTable ac) {
    }

    int mostHorizontal() {
        int most = 1;
        for (final Component component : components) {
            most = Math.max(most, component.horizontal());
        }
        return most;
    }

    int mostVertical() {
        int most = 1;
        for (final Component component : components) {
            most = Math.max(most, component.vertical());
        }
        return most;
    }
}
