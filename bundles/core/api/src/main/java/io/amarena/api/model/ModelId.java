/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.model;

import java.util.Objects;

/**
 * Which model it is: name and version as the pack declares them, and the digest of everything in it that matters.
 *
 * @param name    such as {@code surface-inspection}
 * @param version in the form {@code major.minor.micro[.qualifier]}
 * @param digest  SHA-256 over descriptor, model file and all other files of the pack, 64 hexadecimal digits
 */
public record ModelId(String name, String version, String digest) {

    public ModelId {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(digest, "digest");
    }

    /** Name, version and the first twelve digits of the digest. */
    @Override
    public String toString() {
        return name + ' ' + version + " (" + digest.substring(0, Math.min(12, digest.length())) + ')';
    }
}
