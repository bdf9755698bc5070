/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

/** IEEE 754 binary16, the element type FLOAT16. */
final class Half {

    private static final int SIGN = 0x8000;
    private static final int INFINITY = 0x7c00;

    private Half() {
    }

    /** The nearest half-precision number, ties to even; what is too large becomes infinite. */
    static short bits(final float value) {
        final int all = Float.floatToIntBits(value);
        final int sign = all >>> 16 & SIGN;
        final float size = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | INFINITY | 0x200);
        }
        if (size >= 65520) {
            return (short) (sign | INFINITY);
        }
        if (size < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(size * 0x1p24));
        }
        final int exponent = Math.getExponent(size);
        final int mantissa = (int) Math.rint(Math.scalb((double) size, 10 - exponent));
        return (short) (sign | (exponent + 14 << 10) + mantissa);
    }
}
