/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A change of a bundle as a callback of the framework saw it, copied, because the bundle may change again at once.
 *
 * @param at           when
 * @param door         who called the framework
 * @param act          {@code install}, {@code update}, {@code start}, {@code stop} or {@code remove}
 * @param bundle       number of the bundle
 * @param location     of the bundle
 * @param symbolicName of the bundle
 * @param version      of the bundle
 * @param modified     when its content changed, milliseconds since 1970
 * @param jar          its jar, saved for the reader, who deletes it
 */
record Seen(Instant at, String door, String act, long bundle, String location, String symbolicName, String version,
        long modified, Optional<Path> jar) {

    Seen {
        Objects.requireNonNull(door, "door");
        Objects.requireNonNull(location, "location");
    }
}
