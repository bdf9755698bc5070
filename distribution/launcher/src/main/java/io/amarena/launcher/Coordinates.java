/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import java.util.Objects;

/**
 * The Maven coordinates of a bundle.
 *
 * @param group    such as {@code io.amarena}
 * @param artifact such as {@code io.amarena.engine}
 * @param version  such as {@code 1.0.0}
 */
record Coordinates(String group, String artifact, String version) {

    /** Begins the locations of bundles of features. */
    static final String LOCATION_PREFIX = "feature:";

    Coordinates {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(artifact, "artifact");
        Objects.requireNonNull(version, "version");
    }

    /** Where the jar lies in a repository of Maven's layout, with {@code /} between folders. */
    String path() {
        return group.replace('.', '/') + '/' + artifact + '/' + version + '/' + artifact + '-' + version + ".jar";
    }

    /** The location under which the launcher installs the bundle: the same for all its versions. */
    String location() {
        return LOCATION_PREFIX + group + ':' + artifact;
    }

    @Override
    public String toString() {
        return group + ':' + artifact + ':' + version;
    }
}
