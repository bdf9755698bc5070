/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {

    @Test
    void fisher_agrees_with_the_lady_who_tasted_tea() {
        // Fisher (1935): three of four cups named right; the chance of that or better is 17/70.
        assertEquals(17.0 / 70, Statistics.fisher(1, 4, 3, 4), 1e-6);
        assertEquals(1.0 / 70, Statistics.fisher(0, 4, 4, 4), 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"1, 2.326, 9.28", "5, 1.645, 11.07", "10, 2.326, 23.21", "20, 3.09, 45.31"})
    void the_chi_square_limit_agrees_with_tables(final int freedom, final double normal, final double limit) {
        // Wilson and Hilferty compare the one-sided quantile; with one degree of freedom they are 1.3 % off at most.
        final double expected = freedom == 1 ? 6.63 * 1.0 : limit;
        assertEquals(expected, Statistics.chiSquareLimit(freedom, normal), 0.02 * expected + 0.1);
    }

    @Test
    void chi_square_of_a_table_by_hand() {
        final Statistics.ChiSquare test = Statistics.chiSquare(List.of(new long[] {30, 70}, new long[] {50, 50}));
        assertEquals(1, test.freedom());
        assertEquals(8.333, test.value(), 1e-3);
    }

    @Test
    void classes_with_too_few_values_are_put_together() {
        final Statistics.ChiSquare test = Statistics.chiSquare(List.of(new long[] {1, 1, 1, 1, 46, 50},
                new long[] {1, 1, 1, 1, 46, 50}));
        assertEquals(0, test.value(), 1e-12);
        assertEquals(1, test.freedom());
    }

    @Test
    void the_rank_sum_is_symmetric_and_grows_with_the_separation() {
        final double[] low = {1, 2, 3, 4, 5, 6};
        final double[] high = {11, 12, 13, 14, 15, 16};
        assertEquals(2.88, Statistics.rankSum(low, high), 0.01);
        assertEquals(-2.88, Statistics.rankSum(high, low), 0.01);
        assertEquals(0, Statistics.rankSum(low, low), 1e-12);
    }

    @Test
    void equal_histograms_are_stable() {
        assertEquals(0, Statistics.stability(new long[] {10, 20, 30}, new long[] {10, 20, 30}), 1e-12);
    }
}
