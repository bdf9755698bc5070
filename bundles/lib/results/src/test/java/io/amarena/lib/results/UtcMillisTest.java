/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UtcMillisTest {

    @ParameterizedTest
    @CsvSource({
        "2026-12-31T23:59:59.999999999Z, 2026-12-31T23:59:59.999Z",
        "2026-01-02T03:04:05Z,           2026-01-02T03:04:05.000Z",
        "1970-01-01T00:00:00.007Z,       1970-01-01T00:00:00.007Z",
        "1969-12-31T23:59:59.050Z,       1969-12-31T23:59:59.050Z"})
    void a_time_is_written_in_utc_with_three_decimals(final Instant time, final String text) {
        assertEquals(text, UtcMillis.format(time));
    }
}
