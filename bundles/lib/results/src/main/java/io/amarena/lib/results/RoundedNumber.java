/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import jakarta.json.stream.JsonGenerator;
import java.math.BigDecimal;

/** Writes numbers with as many decimals as they are worth, and what JSON cannot say as {@code null}. */
final class RoundedNumber {

    private static final double[] POWERS = {1, 10, 100, 1_000, 10_000};
    private static final double ROUNDABLE = 1e12;

    private RoundedNumber() {
    }

    /**
     * Writes the value rounded half up, without trailing zeros.
     *
     * @param decimals 0 to 4
     */
    static void write(final JsonGenerator json, final double value, final int decimals) {
        if (Math.abs(value) < ROUNDABLE) {
            long scaled = Math.round(value * POWERS[decimals]);
            int scale = decimals;
            while (scale > 0 && scaled % 10 == 0) {
                scaled /= 10;
                scale--;
            }
            if (scale == 0) {
                json.write(scaled);
            } else {
                json.write(BigDecimal.valueOf(scaled, scale));
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
