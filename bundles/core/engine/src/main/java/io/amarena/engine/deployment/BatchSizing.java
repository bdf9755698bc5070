/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Chooses how many frames to run at once from what runs of several sizes cost on the device. A pure function.
 *
 * <p>A larger batch must earn its latency: it is chosen only when it brings at least a tenth more frames per second
 * than the best smaller one and still leaves half of the latency budget.
 */
public final class BatchSizing {

    /** Sizes worth measuring. */
    static final List<Integer> SIZES = List.of(1, 2, 4, 8);

    private static final double WORTHWHILE = 1.1;

    private BatchSizing() {
    }

    /**
     * What one size costs.
     *
     * @param batch frames per run
     * @param nanos of one run
     */
    public record Cost(int batch, long nanos) {

        double framesPerSecond() {
            return batch * 1e9 / nanos;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d: %.2f ms", batch, nanos / 1e6);
        }
    }

    /** The size to use. */
    public static int choose(final List<Cost> costs, final long budgetNanos) {
        Cost best = costs.get(0);
        for (final Cost cost : costs) {
            if (cost.batch() > best.batch() && cost.nanos() <= budgetNanos / 2
                    && cost.framesPerSecond() >= WORTHWHILE * best.framesPerSecond()) {
                best = cost;
            }
        }
        return best.batch();
    }

    /** The next size that is worth measuring, if any. */
    static OptionalInt next(final List<Cost> measured, final int most, final long budgetNanos) {
        final Cost last = measured.get(measured.size() - 1);
        return SIZES.stream().mapToInt(Integer::intValue)
                .filter(size -> size > last.batch() && size <= most)
                .filter(size -> last.nanos() * size / last.batch() <= budgetNanos)
                .findFirst();
    }

    /** For people. */
    static String describe(final List<Cost> costs) {
        final List<String> texts = new ArrayList<>();
        costs.forEach(cost -> texts.add(cost.toString()));
        return String.join(", ", texts);
    }
}
