/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.descriptor;

import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a pack, each with its place. Not thread-safe. */
final class Problems {

    private final String file;
    private final List<String> found = new ArrayList<>();

    Problems(final String file) {
        this.file = file;
    }

    /**
     * Notes one.
     *
     * @param pointer JSON pointer within the file
     * @param text    what is wrong there and what to do
     */
    void add(final String pointer, final String text) {
        found.add(file + '#' + pointer + ": " + text);
    }

    /** Notes one that has its place already. */
    void add(final String text) {
        found.add(text);
    }

    boolean none() {
        return found.isEmpty();
    }

    List<String> all() {
        return List.copyOf(found);
    }
}
