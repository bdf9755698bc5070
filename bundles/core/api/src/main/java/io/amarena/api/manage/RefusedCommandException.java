/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

/** A command that cannot be carried out; the message says why and what to do. */
public final class RefusedCommandException extends Exception {

    private static final long serialVersionUID = 1L;

    public RefusedCommandException(final String message) {
        super(message);
    }

    public RefusedCommandException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
