/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What becomes a file of a pack. Opened as often as it is written, and never held in memory unless it is small. */
@FunctionalInterface
interface PackEntry {

    InputStream open() throws IOException;

    static PackEntry of(final Path file) {
        return () -> Files.newInputStream(file);
    }

    static PackEntry of(final byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }
}
