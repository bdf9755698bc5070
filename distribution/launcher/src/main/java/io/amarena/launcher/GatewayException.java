/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import java.util.Objects;

/** Why a gateway cannot start. The message names the thing that is wrong and the remedy. */
public final class GatewayException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What kind of thing is wrong. */
    public enum Reason {
        /** Another gateway runs on the data folder. */
        IN_USE,
        /** A folder, a file or a permission outside the distribution. */
        ENVIRONMENT,
        /** A feature or a bundle of the distribution itself. */
        DISTRIBUTION,
        /** The framework did not come up. */
        FRAMEWORK
    }

    GatewayException(final Reason reason, final String message) {
        this(reason, message, null);
    }

    GatewayException(final Reason reason, final String message, final Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }
}
