/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import jakarta.json.stream.JsonGenerator;
import java.math.BigDecimal;

/**
 * Writes numbers with as many decimals as they are worth, and what JSON cannot say as {@code null}. A rounded double
 * prints as its decimals; the four times dearer {@code BigDecimal} serves only where a double would print an exponent.
 */
final class RoundedNumber {

    private static final double[] POWERS = {1, 10, 100, 1_000, 10_000};
    private static final double ROUNDABLE = 1e12;
    /** Between these bounds a double is printed without an exponent. */
    private static final double PLAIN_FROM = 1e-3;
    private static final double PLAIN_BELOW = 1e7;

    private RoundedNumber() {
    }

    /**
     * Writes the value rounded half up, without trailing zeros.
     *
     * @param decimals 0 to 4
     */
    static void write(final JsonGenerator json, final double value, final int decimals) {
        if (Math.abs(value) < ROUNDABLE) {
            final long scaled = Math.round(value * POWERS[decimals]);
            final double rounded = scaled / POWERS[decimals];
            if (rounded == (long) rounded) {
                json.write((long) rounded);
            } else if (Math.abs(rounded) >= PLAIN_FROM && Math.abs(rounded) < PLAIN_BELOW) {
                json.write(rounded);
            } else {
                json.write(BigDecimal.valueOf(scaled, decimals).stripTrailingZeros());
            }
        } else {
            writeExact(json, value);
        }
    }

    /** Writes all digits. */
    static void writeExact(final JsonGenerator json, final double value) {
        if (Double.isFinite(value)) {
            json.write(value);
        } else {
            json.writeNull();
        }
    }
}
