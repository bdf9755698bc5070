/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

/** What is promised to whoever changes a gateway. */
final class Promise {

    private Promise() {
    }

    /**
     * A promise that was not kept.
     *
     * @param change number of the change during which it showed; 0 before the first one
     * @param what   happened
     */
    record Broken(int change, String what) {
    }
}
