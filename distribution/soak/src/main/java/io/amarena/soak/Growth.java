/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * Compares what the process holds before and after changes, with the same pipelines. What leaks with each change shows
 * after a few dozens of them; the bounds leave room for pools that fill up. Memory is told, not judged: how much of it
 * the process gives back is up to its allocators.
 */
final class Growth {

    private static final int MORE_LOADERS = 4;
    private static final int MORE_THREADS = 8;
    private static final int MORE_FILES = 8;

    private Growth() {
    }

    /** What has grown beyond its bound. */
    static List<String> beyondBounds(final Vitals before, final Vitals after) {
        final List<String> grown = new ArrayList<>();
        if (before.loaders().isPresent() && after.loaders().isPresent()) {
            check(grown, "class loaders", before.loaders().getAsLong(), after.loaders().getAsLong(), MORE_LOADERS);
        }
        check(grown, "threads", before.threads(), after.threads(), MORE_THREADS);
        check(grown, "open files", before.files(), after.files(), MORE_FILES);
        check(grown, "native libraries", before.natives(), after.natives(), 0);
        return grown;
    }

    private static void check(final List<String> grown, final String what, final long before, final long after,
            final long bound) {
        if (after - before > bound) {
            grown.add(what + " grew from " + before + " to " + after + "; at most " + bound + " more are allowed");
        }
    }
}
