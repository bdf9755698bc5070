/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.frame.Frame;
import io.amarena.api.publish.Answer;
import io.amarena.api.publish.DeliveryAccount;
import io.amarena.api.publish.PipelineEvent;
import io.amarena.api.publish.Publisher;
import io.amarena.api.publish.PublisherContext;
import io.amarena.api.publish.PublisherFactory;
import io.amarena.api.publish.PublisherStatus;
import io.amarena.api.result.Result;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** A publisher that takes everything and remembers how many results came, and how long the last few thousand took. */
final class Counter implements PublisherFactory, Publisher {

    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final long[] latencies = new long[8192];

    @Override
    public Publisher create(final PublisherContext context) {
        return this;
    }

    @Override
    public Answer offer(final Result result, final Frame frame) {
        if (result.failure().isPresent()) {
            failed.incrementAndGet();
        }
        latencies[(int) (taken.getAndIncrement() % latencies.length)] = result.timings().total();
        return Answer.TAKEN;
    }

    long taken() {
        return taken.get();
    }

    long failed() {
        return failed.get();
    }

    /** A percentile of the results since a count, in milliseconds. */
    double percentile(final double share, final long since) {
        final int count = (int) Math.min(taken.get() - since, latencies.length);
        if (count <= 0) {
            return Double.NaN;
        }
        final long[] window = new long[count];
        for (int i = 0; i < count; i++) {
            window[i] = latencies[(int) ((taken.get() - count + i) % latencies.length)];
        }
        Arrays.sort(window);
        return window[(int) Math.ceil(share * count) - 1] / 1e6;
    }

    @Override
    public void onEvent(final PipelineEvent event) {
        // Only results are counted.
    }

    @Override
    public DeliveryAccount account() {
        return new DeliveryAccount(taken.get(), taken.get(), 0, 0);
    }

    @Override
    public PublisherStatus status() {
        return new PublisherStatus(true, "counts");
    }

    @Override
    public boolean drain(final Duration atMost) {
        return true;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
