/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import java.util.Objects;
import org.osgi.framework.Version;

/**
 * A bundle in the framework's cache.
 *
 * @param id           number in the framework
 * @param location     under which it was installed
 * @param symbolicName of the bundle
 * @param version      of the bundle
 * @param lastModified when it was installed or updated, milliseconds since 1970
 * @param started      whether it is to start with the framework
 */
record CachedBundle(long id, String location, String symbolicName, Version version, long lastModified,
        boolean started) {

    CachedBundle {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(symbolicName, "symbolicName");
        Objects.requireNonNull(version, "version");
    }
}
