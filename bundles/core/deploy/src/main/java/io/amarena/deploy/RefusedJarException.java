/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

/** A jar that is not let in. The message says what is wrong with it. */
final class RefusedJarException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedJarException(final String message) {
        super(message);
    }
}
