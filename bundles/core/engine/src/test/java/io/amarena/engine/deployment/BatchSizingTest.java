/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.amarena.engine.deployment.BatchSizing.Cost;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BatchSizingTest {

    private static final long BUDGET = 100_000_000;

    @Test
    void a_larger_batch_that_gains_nothing_is_not_chosen() {
        assertEquals(1, BatchSizing.choose(List.of(new Cost(1, 10_000_000), new Cost(2, 19_500_000)), BUDGET));
    }

    @Test
    void a_larger_batch_that_gains_a_tenth_is_chosen() {
        assertEquals(4, BatchSizing.choose(List.of(new Cost(1, 5_000_000), new Cost(2, 9_800_000),
                new Cost(4, 17_000_000)), BUDGET));
    }

    @Test
    void a_batch_that_eats_the_latency_budget_is_not_chosen() {
        assertEquals(1, BatchSizing.choose(List.of(new Cost(1, 40_000_000), new Cost(2, 60_000_000)), BUDGET));
    }

    @Test
    void sizes_are_measured_up_to_the_limit_and_the_budget() {
        assertEquals(OptionalInt.of(2), BatchSizing.next(List.of(new Cost(1, 1_000_000)), 8, BUDGET));
        assertEquals(OptionalInt.empty(), BatchSizing.next(List.of(new Cost(1, 1_000_000)), 1, BUDGET));
        assertEquals(OptionalInt.empty(), BatchSizing.next(List.of(new Cost(1, 60_000_000)), 8, BUDGET));
    }
}
