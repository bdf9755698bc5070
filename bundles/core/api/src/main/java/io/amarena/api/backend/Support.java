/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.backend;

import java.util.Objects;

/** Whether a backend can run a model on a device and, where it cannot, why. */
public final class Support {

    private static final Support YES = new Support(true, "");

    private final boolean supported;
    private final String reason;

    private Support(final boolean supported, final String reason) {
        this.supported = supported;
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public static Support yes() {
        return YES;
    }

    public static Support no(final String reason) {
        return new Support(false, reason);
    }

    public boolean supported() {
        return supported;
    }

    /** Empty when supported. */
    public String reason() {
        return reason;
    }
}
