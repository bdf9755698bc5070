/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.directory;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;

/**
 * A folder as a source.
 *
 * @param name            of the source
 * @param folder          with the pictures
 * @param replay          whether all files are shown in turn, or each is taken once
 * @param pattern         glob over file names in lower case
 * @param after           what happens to a file when its result is there
 * @param loop            whether a replay begins again
 * @param framesPerSecond of a replay; 0 for as many as are taken
 * @param live            whether a frame that is refused has passed
 * @param maxBytes        larger files are not read
 * @param patienceMillis  how long a watched picture without an end may rest before it is taken as it is
 */
record FolderSettings(String name, Path folder, boolean replay, String pattern, After after, boolean loop,
        double framesPerSecond, boolean live, long maxBytes, int patienceMillis) {

    /** What happens to a file when its result is there. */
    enum After {
        KEEP, MOVE, DELETE;

        static After of(final String text) {
            try {
                return valueOf(text.toUpperCase(Locale.ROOT));
            } catch (final IllegalArgumentException unknown) {
                throw new IllegalArgumentException("The setting after is " + text + "; it must be keep, move or delete",
                        unknown);
            }
        }
    }

    /** Matches the names of wanted files. */
    PathMatcher matcher() {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern.toLowerCase(Locale.ROOT));
        } catch (final PatternSyntaxException malformed) {
            throw new IllegalArgumentException("The setting pattern is " + pattern + ", which is no glob: "
                    + malformed.getMessage(), malformed);
        }
    }

    /** Whether a file's name matches. */
    static boolean matches(final PathMatcher matcher, final Path file) {
        return matcher.matches(Path.of(file.getFileName().toString().toLowerCase(Locale.ROOT)));
    }
}
