/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.model;

import java.util.Objects;

/** Something in a model pack is wrong. The message names the place, the value and the remedy. */
public class InvalidModelException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String place;

    /**
     * An error at a place.
     *
     * @param place   the file and, in JSON, the pointer, such as {@code model.json#/input/sizes/0}
     * @param problem what is wrong there and what to do, one sentence or two
     */
    public InvalidModelException(final String place, final String problem, final Throwable cause) {
        super(place + ": " + problem, cause);
        this.place = Objects.requireNonNull(place, "place");
    }

    public InvalidModelException(final String place, final String problem) {
        this(place, problem, null);
    }

    public String place() {
        return place;
    }
}
