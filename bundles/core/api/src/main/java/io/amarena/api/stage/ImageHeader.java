/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.stage;

/**
 * What the header of a picture says.
 *
 * @param format such as {@code JPEG}
 * @param width  in pixels
 * @param height in pixels
 */
public record ImageHeader(String format, int width, int height) {

    public long pixels() {
        return (long) width * height;
    }
}
