/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides when a file of a watched folder has arrived: when it did not change between two looks and ends as its format
 * demands. Cameras and file servers pause while they write; a picture without its end is therefore waited for, and taken
 * as it is only when nothing was added to it for the whole patience. A file that is written anew is a new picture. Used
 * by one thread.
 */
final class Arrivals {

    private final long patienceNanos;
    private final Map<Path, Seen> seen = new HashMap<>();
    private final Map<Path, Stamp> taken = new HashMap<>();

    /**
     * Nothing has arrived.
     *
     * @param patienceNanos how long a file without an end may rest before it is taken as it is
     */
    Arrivals(final long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    /** What a file's content is told apart by, without reading it. */
    record Stamp(long size, FileTime modified) {

        /** Null when the file is gone or cannot be looked at. */
        static Stamp of(final Path file) {
            try {
                final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(attributes.size(), attributes.lastModifiedTime());
            } catch (final IOException gone) {
                return null;
            }
        }
    }

    /** Since when a file is as it is. */
    private record Seen(Stamp stamp, long since) {
    }

    /** Forgets the files that are not there any more. */
    void keepOnly(final Collection<Path> present) {
        seen.keySet().retainAll(present);
        taken.keySet().retainAll(present);
    }

    /**
     * Looks at a file, once per round.
     *
     * @param now by a clock that only goes forward, in nanoseconds
     * @return its stamp when it has arrived and was not taken yet; otherwise null
     */
    Stamp arrived(final Path file, final long now) {
        final Stamp stamp = Stamp.of(file);
        if (stamp == null || stamp.equals(taken.get(file))) {
            return null;
        }
        final Seen before = seen.get(file);
        if (before == null || !before.stamp.equals(stamp)) {
            seen.put(file, new Seen(stamp, now));
            return null;
        }
        return now - before.since >= patienceNanos || isWhole(file) ? stamp : null;
    }

    /** The file with this stamp is not looked at again. */
    void take(final Path file, final Stamp stamp) {
        seen.remove(file);
        taken.put(file, stamp);
    }

    /** A file that cannot be opened will tell so when it is read. */
    private static boolean isWhole(final Path file) {
        try {
            return PictureEnd.reached(file);
        } catch (final IOException unreadable) {
            return true;
        }
    }
}
