/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

/**
 * A change that was made.
 *
 * @param number  from 1
 * @param kind    of what was changed
 * @param text    what was done
 * @param begin   of the change, in {@link System#nanoTime()}
 * @param settled when it had taken effect
 */
record MadeChange(int number, Kind kind, String text, long begin, long settled) {

    double seconds() {
        return (settled - begin) / 1e9;
    }
}
