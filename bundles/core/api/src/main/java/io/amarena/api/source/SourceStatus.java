/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.source;

import java.util.Objects;

/**
 * How a source is.
 *
 * @param healthy whether it can bring frames at the moment
 * @param message for people: where frames come from, or what is wrong and what to do; may be empty when nothing is wrong
 */
public record SourceStatus(boolean healthy, String message) {

    /** Nothing is wrong. */
    public static final SourceStatus FINE = new SourceStatus(true, "");

    public SourceStatus {
        Objects.requireNonNull(message, "message");
    }
}
