/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts files away that were inspected or are of no use, and says when it cannot. Thread-safe. */
final class Disposal {

    private static final Logger LOG = LoggerFactory.getLogger(Disposal.class);
    private static final String PROCESSED = "processed";
    private static final String FAILED = "failed";

    private final FolderSettings settings;
    private volatile String trouble = "";

    Disposal(final FolderSettings settings) {
        this.settings = settings;
    }

    /** Why the latest file could not be put away; empty when it could. */
    String trouble() {
        return trouble;
    }

    /**
     * Moves or deletes a file, unless it was written anew meanwhile: then it is another picture.
     *
     * @param stamp  when it was taken
     * @param failed whether a pipeline could not answer
     */
    void putAway(final Path file, final Arrivals.Stamp stamp, final boolean failed) {
        if (settings.after() == FolderSettings.After.KEEP || !stamp.equals(Arrivals.Stamp.of(file))) {
            return;
        }
        try {
            if (settings.after() == FolderSettings.After.DELETE && !failed) {
                Files.deleteIfExists(file);
            } else {
                final Path folder = Files.createDirectories(settings.folder().resolve(failed ? FAILED : PROCESSED));
                Files.move(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            trouble = "";
        } catch (final IOException failure) {
            final String message = file + " was inspected but cannot be moved or deleted (" + failure
                    + "): check the permissions of the folder; it is not taken again before a restart";
            if (trouble.isEmpty()) {
                LOG.error("Source {}: {}", settings.name(), message);
            }
            trouble = message;
        }
    }
}
