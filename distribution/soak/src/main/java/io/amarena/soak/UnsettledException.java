/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.io.IOException;

/** The gateway did not take a change up in time. The message says which and what it did instead. */
final class UnsettledException extends IOException {

    private static final long serialVersionUID = 1L;

    UnsettledException(final String message) {
        super(message);
    }
}
