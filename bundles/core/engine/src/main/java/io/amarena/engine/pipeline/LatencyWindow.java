/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import io.amarena.api.manage.LatencyView;
import java.util.Arrays;

/** The latencies of the latest thousand results. Thread-safe. */
public final class LatencyWindow {

    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] nanos = new long[1024];
    private long count;

    public synchronized void add(final long latencyNanos) {
        nanos[(int) (count++ % nanos.length)] = latencyNanos;
    }

    /** Percentiles by the nearest rank. */
    public LatencyView view() {
        final long[] sorted;
        synchronized (this) {
            sorted = Arrays.copyOf(nanos, (int) Math.min(count, nanos.length));
        }
        if (sorted.length == 0) {
            return LatencyView.NONE;
        }
        Arrays.sort(sorted);
        return new LatencyView(rank(sorted, 0.5), rank(sorted, 0.99), rank(sorted, 1));
    }

    private static double rank(final long[] sorted, final double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / NANOS_PER_MILLI;
    }
}
