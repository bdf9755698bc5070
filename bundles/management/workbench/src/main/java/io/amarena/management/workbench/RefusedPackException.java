/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

/** A pack does not serve; the message says why and what to do. */
final class RefusedPackException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedPackException(final String message) {
        super(message);
    }
}
