/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

/** Something around the command does not allow it to work, such as a port in use. The message says what to do. */
final class EnvironmentException extends Exception {

    private static final long serialVersionUID = 1L;

    EnvironmentException(final String message) {
        super(message);
    }

    EnvironmentException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
