/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.io.IOException;

/**
 * One change.
 *
 * @param kind of what is changed
 * @param text what is done, by which door
 * @param act  does it
 */
record Change(Kind kind, String text, Act act) {

    /** What is done, step by step; returns when the gateway must have taken the last step up. */
    @FunctionalInterface
    interface Act {

        void perform() throws IOException, InterruptedException;
    }
}
