/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

/**
 * What a suggested descriptor does not know for certain.
 *
 * @param pointer to the key, as a JSON pointer
 * @param kind    how little is known
 * @param text    what it rests on, or what to do
 */
public record Remark(String pointer, Kind kind, String text) {

    /** How little is known. */
    public enum Kind {
        /** A usual value that fits to the file. */
        GUESSED,
        /** Nothing in the file tells it. */
        UNKNOWN
    }

    static Remark guessed(final String pointer, final String text) {
        return new Remark(pointer, Kind.GUESSED, text);
    }

    static Remark unknown(final String pointer, final String text) {
        return new Remark(pointer, Kind.UNKNOWN, text);
    }
}
