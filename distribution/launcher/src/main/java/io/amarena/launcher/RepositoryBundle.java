/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.launcher;

import java.nio.file.Path;
import java.util.Objects;
import org.osgi.framework.Version;

/**
 * A wanted bundle with what its jar in the repository says.
 *
 * @param wanted       by a feature
 * @param file         the jar
 * @param symbolicName of the bundle
 * @param version      of the bundle
 * @param digest       SHA-256 of the jar, hexadecimal
 * @param fragment     whether it attaches to another bundle and is never started itself
 */
record RepositoryBundle(WantedBundle wanted, Path file, String symbolicName, Version version, String digest,
        boolean fragment) {

    RepositoryBundle {
        Objects.requireNonNull(wanted, "wanted");
        Objects.requireNonNull(symbolicName, "symbolicName");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(digest, "digest");
    }

    String location() {
        return wanted.id().location();
    }
}
