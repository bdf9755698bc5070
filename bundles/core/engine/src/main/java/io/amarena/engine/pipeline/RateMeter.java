/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import java.util.Arrays;
import java.util.function.LongSupplier;

/** Events per second over the last ten full seconds. Thread-safe. */
public final class RateMeter {

    private static final int SECONDS = 10;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final LongSupplier nanoClock;
    private final long start;
    private final int[] buckets = new int[SECONDS + 1];
    private long current;

    public RateMeter(final LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
    }

    public synchronized void mark() {
        advance();
        buckets[(int) (current % buckets.length)]++;
    }

    public synchronized double perSecond() {
        advance();
        final int complete = (int) Math.min(SECONDS, current);
        if (complete == 0) {
            return buckets[0];
        }
        final int sum = Arrays.stream(buckets).sum() - buckets[(int) (current % buckets.length)];
        return (double) sum / complete;
    }

    private void advance() {
        final long second = (nanoClock.getAsLong() - start) / NANOS_PER_SECOND;
        if (second - current > buckets.length) {
            Arrays.fill(buckets, 0);
            current = second;
        }
        while (current < second) {
            current++;
            buckets[(int) (current % buckets.length)] = 0;
        }
    }
}
