/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The threads that run batches. */
public final class Workers {

    private final Dispatcher dispatcher;
    private final List<Thread> threads = new ArrayList<>();

    private Workers(final Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Starts them.
     *
     * @param count      number of threads
     * @param maxPixels  larger pictures are refused
     * @param retryNanos how long a frame may wait for the next deployment after a failure that was not its own
     * @param onLost     called when a deployment lost its session; returns at once
     */
    public static Workers start(final Dispatcher dispatcher, final int count, final long maxPixels,
            final long retryNanos, final Runnable onLost) {
        final Workers workers = new Workers(dispatcher);
        for (int i = 0; i < count; i++) {
            final Thread thread = new Thread(new Worker(dispatcher, maxPixels, retryNanos, onLost),
                    "amarena-worker-" + i);
            thread.setDaemon(true);
            thread.start();
            workers.threads.add(thread);
        }
        return workers;
    }

    /** Lets running batches end, at most that long. */
    public void stop(final long atMostMillis) throws InterruptedException {
        dispatcher.stop();
        final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(atMostMillis);
        for (final Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
    }
}
