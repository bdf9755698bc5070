/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

/** How many of the latest answers were right: a ring of fixed size. Not thread-safe. */
final class AccuracyWindow {

    private final boolean[] right;
    private long seen;
    private int count;

    AccuracyWindow(final int size) {
        this.right = new boolean[size];
    }

    void add(final boolean wasRight) {
        final int at = (int) (seen % right.length);
        if (seen >= right.length && right[at]) {
            count--;
        }
        right[at] = wasRight;
        if (wasRight) {
            count++;
        }
        seen++;
    }

    /** A consistent snapshot. */
    AccuracyView view() {
        return new AccuracyView(count, (int) Math.min(seen, right.length), seen);
    }
}
