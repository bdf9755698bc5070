/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.stage;

/** A stage could not handle one frame. The message names what was found and what was expected. */
public class StageException extends Exception {

    private static final long serialVersionUID = 1L;

    public StageException(final String message) {
        super(message);
    }

    public StageException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
