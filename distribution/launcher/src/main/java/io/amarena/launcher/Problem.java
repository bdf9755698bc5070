/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import java.util.Objects;

/**
 * A bundle that should run and does not.
 *
 * @param bundle symbolic name
 * @param core   whether the gateway counts as not started without it
 * @param reason what is wrong, for people
 */
public record Problem(String bundle, boolean core, String reason) {

    public Problem {
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(reason, "reason");
    }

    @Override
    public String toString() {
        return bundle + " does not run: " + reason;
    }
}
