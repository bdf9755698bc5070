/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

/** Arithmetic on sizes that a hostile file names: what does not fit into a long stays at its largest value. */
final class Sizes {

    private Sizes() {
    }

    /** The product of two sizes that are not negative. */
    static long times(final long one, final long other) {
        return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
    }

    /** The sum of two sizes that are not negative. */
    static long plus(final long one, final long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }
}
