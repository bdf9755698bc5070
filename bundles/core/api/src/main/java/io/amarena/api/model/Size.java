/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.model;

/**
 * Width and height of a picture or of a model's input, in pixels, each at least 1.
 */
public record Size(int width, int height) {

    public Size {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("A size of " + width + "x" + height + " pixels is empty");
        }
    }

    /** Reads {@code 640x480}. */
    public static Size parse(final String text) {
        final String[] parts = text.strip().split("x");
        try {
            if (parts.length == 2) {
                return new Size(Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip()));
            }
        } catch (final NumberFormatException notNumbers) {
            throw new IllegalArgumentException("A size has the form 640x480, not " + text, notNumbers);
        }
        throw new IllegalArgumentException("A size has the form 640x480, not " + text);
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
