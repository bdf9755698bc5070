/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import java.util.Objects;
import org.osgi.framework.Version;

/**
 * What a jar says about the bundle that it is.
 *
 * @param symbolicName of the bundle
 * @param version      of the bundle
 * @param fragment     whether it attaches to another bundle and is never started itself
 * @param pack         whether it brings a model
 * @param bytes        of all its entries, unpacked
 */
record JarFacts(String symbolicName, Version version, boolean fragment, boolean pack, long bytes) {

    JarFacts {
        Objects.requireNonNull(symbolicName, "symbolicName");
        Objects.requireNonNull(version, "version");
    }

    @Override
    public String toString() {
        return symbolicName + ' ' + version;
    }
}
