/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

/**
 * The accuracy of one pipeline over the latest frames whose truth is known.
 *
 * @param right answers within the window
 * @param of    frames in the window
 * @param seen  frames since the gateway started; fewer than were published when the gateway had no time to look
 */
record AccuracyView(int right, int of, long seen) {

    /** 0 to 1; 0 where nothing was seen. */
    double share() {
        return of == 0 ? 0 : (double) right / of;
    }
}
