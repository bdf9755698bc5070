/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.io.IOException;
import java.nio.file.Path;

/** A way by which bundles come into the gateway. */
interface BundleDoor {

    /** How a bundle comes in. */
    enum Manner {
        /** In place of the installed bundle of that name. */
        UPDATE("update"),
        /** The same, with a refresh of its packages afterwards. */
        UPDATE_AND_REFRESH("update and refresh"),
        /** Beside the installed bundle of that name. */
        IN_PARALLEL("install in parallel");

        private final String text;

        Manner(final String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** For reports. */
    String name();

    /** Hands a bundle over; it may take effect later. */
    void bring(Path jar, Manner manner) throws IOException;
}
