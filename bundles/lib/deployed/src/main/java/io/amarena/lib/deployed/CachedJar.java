/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.deployed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the jar of a bundle in the cache of the Felix framework, which keeps it byte for byte as it was installed:
 * {@code bundle<id>/version<refreshes>.<updates>/bundle.jar}. A jar is never changed in place: an update writes another
 * one, and a refresh deletes the old ones.
 */
public final class CachedJar {

    private static final Pattern REVISION = Pattern.compile("version(?<refreshes>\\d{1,18})\\.(?<updates>\\d{1,18})");

    private CachedJar() {
    }

    /** The jar that was installed last; empty where the framework did not copy one, as for {@code reference:} URLs. */
    public static Optional<Path> of(final Path cache, final long bundle) throws IOException {
        final Path folder = cache.resolve("bundle" + bundle);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> revisions = Files.list(folder)) {
            return revisions.filter(path -> REVISION.matcher(path.getFileName().toString()).matches())
                    .max(Comparator.comparingLong((Path path) -> number(path, "refreshes"))
                            .thenComparingLong(path -> number(path, "updates")))
                    .map(path -> path.resolve("bundle.jar")).filter(Files::isRegularFile);
        }
    }

    private static long number(final Path revision, final String group) {
        final Matcher matcher = REVISION.matcher(revision.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(group)) : -1;
    }
}
