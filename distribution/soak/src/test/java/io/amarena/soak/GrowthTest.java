/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GrowthTest {

    private static final Vitals BEFORE = new Vitals(0, 100, 90, 100, 25, OptionalLong.of(48));

    @Test
    void pools_that_fill_up_are_no_growth() {
        assertEquals(List.of(), Growth.beyondBounds(BEFORE, new Vitals(1, 900, 98, 108, 25, OptionalLong.of(52))));
    }

    @Test
    void everything_that_leaks_is_named() {
        assertEquals(List.of("class loaders grew from 48 to 60; at most 4 more are allowed",
                "threads grew from 90 to 99; at most 8 more are allowed",
                "open files grew from 100 to 109; at most 8 more are allowed",
                "native libraries grew from 25 to 26; at most 0 more are allowed"),
                Growth.beyondBounds(BEFORE, new Vitals(1, 100, 99, 109, 26, OptionalLong.of(60))));
    }

    @Test
    void class_loaders_that_nobody_can_count_are_not_judged() {
        assertEquals(List.of(), Growth.beyondBounds(BEFORE, new Vitals(1, 100, 90, 100, 25, OptionalLong.empty())));
    }
}
