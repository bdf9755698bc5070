/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.descriptor;

/** How deep a JSON text is nested, found without recursion: readers of JSON recurse, and what they make is walked so. */
final class Nesting {

    private Nesting() {
    }

    /** The most brackets that are open at the same time, outside of strings; the text need not be valid. */
    static int deepest(final byte[] json) {
        int depth = 0;
        int deepest = 0;
        boolean string = false;
        for (int at = 0; at < json.length; at++) {
            final byte sign = json[at];
            if (string && sign == '\\') {
                at++;
            } else if (sign == '"') {
                string = !string;
            } else if (!string && (sign == '{' || sign == '[')) {
                deepest = Math.max(deepest, ++depth);
            } else if (!string && (sign == '}' || sign == ']')) {
                depth--;
            }
        }
        return deepest;
    }
}
