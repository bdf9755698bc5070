/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.trial;

import java.util.ArrayList;
import java.util.List;

/** The tests that a trial needs. Pure functions. */
final class Statistics {

    /** Below that many expected values in a class, the chi-square test is not exact enough. */
    private static final double LEAST_EXPECTED = 5;
    private static final double SMALL = 0.5;

    private Statistics() {
    }

    /**
     * The chance that at least so many of the failures fall on the second group, if both fail alike: Fisher's exact
     * test, one-sided.
     */
    static double fisher(final long failedOne, final long allOne, final long failedOther, final long allOther) {
        final long failed = failedOne + failedOther;
        final long most = Math.min(failed, allOther);
        final double all = choose(allOne + allOther, failed);
        double chance = 0;
        for (long k = failedOther; k <= most; k++) {
            if (failed - k <= allOne) {
                chance += Math.exp(choose(allOther, k) + choose(allOne, failed - k) - all);
            }
        }
        return Math.min(1, chance);
    }

    /** Logarithm of the number of ways to choose. */
    private static double choose(final long from, final long count) {
        return logFactorial(from) - logFactorial(count) - logFactorial(from - count);
    }

    /** Stirling's series; exact to eight digits from 10 on. */
    private static double logFactorial(final long number) {
        if (number < 10) {
            double product = 1;
            for (long i = 2; i <= number; i++) {
                product *= i;
            }
            return Math.log(product);
        }
        final double n = number;
        return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n * n * n);
    }

    /** By the nearest rank. */
    static double quantile(final double[] sorted, final double share) {
        return sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
    }

    /**
     * By how many standard deviations the values of the second group lie above those of the first: the rank-sum test of
     * Mann and Whitney in its normal approximation.
     */
    static double rankSum(final double[] one, final double[] other) {
        double wins = 0;
        for (final double value : other) {
            for (final double reference : one) {
                wins += value > reference ? 1 : value == reference ? SMALL : 0;
            }
        }
        final double pairs = (double) one.length * other.length;
        return (wins - pairs / 2) / Math.sqrt(pairs * (one.length + other.length + 1) / 12);
    }

    /** The population stability index of two histograms, with half a frame added to each class. */
    static double stability(final long[] one, final long[] other) {
        final double allOne = sum(one) + SMALL * one.length;
        final double allOther = sum(other) + SMALL * other.length;
        double index = 0;
        for (int i = 0; i < one.length; i++) {
            final double shareOne = (one[i] + SMALL) / allOne;
            final double shareOther = (other[i] + SMALL) / allOther;
            index += (shareOther - shareOne) * Math.log(shareOther / shareOne);
        }
        return index;
    }

    /**
     * A chi-square statistic.
     *
     * @param freedom degrees of freedom; 0 when there is nothing to compare
     */
    record ChiSquare(double value, int freedom) {
    }

    /** Whether histograms are alike. Neighbouring classes are put together until each has enough expected values. */
    static ChiSquare chiSquare(final List<long[]> histograms) {
        final int classes = histograms.get(0).length;
        double all = 0;
        double fewest = Double.MAX_VALUE;
        for (final long[] histogram : histograms) {
            all += sum(histogram);
            fewest = Math.min(fewest, sum(histogram));
        }
        final List<double[]> merged = new ArrayList<>();
        double[] open = new double[histograms.size()];
        for (int i = 0; i < classes; i++) {
            for (int h = 0; h < open.length; h++) {
                open[h] += histograms.get(h)[i];
            }
            if (sum(open) * fewest / all >= LEAST_EXPECTED) {
                merged.add(open);
                open = new double[histograms.size()];
            }
        }
        if (merged.isEmpty()) {
            return new ChiSquare(0, 0);
        }
        for (int h = 0; h < open.length; h++) {
            merged.get(merged.size() - 1)[h] += open[h];
        }
        double value = 0;
        for (final double[] observed : merged) {
            final double total = sum(observed);
            for (int h = 0; h < observed.length; h++) {
                final double expected = total * sum(histograms.get(h)) / all;
                value += (observed[h] - expected) * (observed[h] - expected) / expected;
            }
        }
        return new ChiSquare(value, (merged.size() - 1) * (histograms.size() - 1));
    }

    /** The limit that chi-square exceeds as rarely as a normal variable its one: Wilson and Hilferty. */
    static double chiSquareLimit(final int freedom, final double normal) {
        final double spread = 2.0 / (9 * freedom);
        return freedom * Math.pow(1 - spread + normal * Math.sqrt(spread), 3);
    }

    static long sum(final long[] values) {
        long sum = 0;
        for (final long value : values) {
            sum += value;
        }
        return sum;
    }

    private static double sum(final double[] values) {
        double sum = 0;
        for (final double value : values) {
            sum += value;
        }
        return sum;
    }
}
