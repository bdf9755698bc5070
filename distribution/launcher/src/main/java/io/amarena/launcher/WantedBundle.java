/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import java.util.Objects;

/**
 * A bundle as a feature lists it.
 *
 * @param id         coordinates
 * @param startLevel start level of the framework at which it starts, at least 1
 * @param core       whether a gateway without it has failed to start
 * @param feature    name of the feature file, for messages
 */
record WantedBundle(Coordinates id, int startLevel, boolean core, String feature) {

    WantedBundle {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(feature, "feature");
    }
}
