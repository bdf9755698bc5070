/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** How long results took, one by one, with the phase in which they came. Not thread-safe. */
final class Latencies {

    private static final int FIRST_ROOM = 1 << 12;

    private long[] nanos = new long[FIRST_ROOM];
    private int[] phases = new int[FIRST_ROOM];
    private float[] results = new float[FIRST_ROOM];
    private int[] deliveries = new int[FIRST_ROOM];
    private int size;

    /** A percentile of the results of a phase, in milliseconds; not a number where there are none. */
    record Spread(long count, double p50, double p99, double max) {
    }

    void add(final long at, final int phase, final double result, final long delivery) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
            phases = Arrays.copyOf(phases, 2 * size);
            results = Arrays.copyOf(results, 2 * size);
            deliveries = Arrays.copyOf(deliveries, 2 * size);
        }
        nanos[size] = at;
        phases[size] = phase;
        results[size] = (float) result;
        deliveries[size] = (int) delivery;
        size++;
    }

    Latencies copy() {
        final Latencies copy = new Latencies();
        copy.nanos = Arrays.copyOf(nanos, size);
        copy.phases = Arrays.copyOf(phases, size);
        copy.results = Arrays.copyOf(results, size);
        copy.deliveries = Arrays.copyOf(deliveries, size);
        copy.size = size;
        return copy;
    }

    int size() {
        return size;
    }

    long nanos(final int index) {
        return nanos[index];
    }

    int phase(final int index) {
        return phases[index];
    }

    double delivery(final int index) {
        return deliveries[index];
    }

    /** From the frame's acceptance to its result. */
    Spread results(final IntPredicate ofPhase) {
        return spread(ofPhase, results);
    }

    /** From the frame's capture to the subscriber. */
    Spread deliveries(final IntPredicate ofPhase) {
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = deliveries[i];
        }
        return spread(ofPhase, values);
    }

    private Spread spread(final IntPredicate ofPhase, final float[] values) {
        final float[] chosen = new float[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (ofPhase.test(phases[i])) {
                chosen[count++] = values[i];
            }
        }
        if (count == 0) {
            return new Spread(0, Double.NaN, Double.NaN, Double.NaN);
        }
        Arrays.sort(chosen, 0, count);
        return new Spread(count, chosen[(int) (0.5 * (count - 1))], chosen[(int) Math.ceil(0.99 * (count - 1))],
                chosen[count - 1]);
    }
}
