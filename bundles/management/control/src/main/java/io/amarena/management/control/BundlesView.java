/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import java.util.List;

/**
 * The bundles of the framework.
 *
 * @param total     without the framework itself
 * @param active    running; fragments count as running when they are resolved
 * @param notActive symbolic name, version and state of the others
 */
record BundlesView(int total, int active, List<String> notActive) {

    BundlesView {
        notActive = List.copyOf(notActive);
    }
}
