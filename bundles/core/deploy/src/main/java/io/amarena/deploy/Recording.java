/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.deploy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that lets the {@link Recorder} work, whenever something happened, and once more a while later, because
 * some changes come without an event. Never interrupted: that would close the files it writes.
 */
final class Recording implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    private final Recorder recorder;
    private final Keep keep;
    private final Duration later;
    private final Thread thread;
    private boolean signalled = true;
    private boolean closed;

    /**
     * How much the store keeps.
     *
     * @param previous  jars of each symbolic name beside those that are needed
     * @param mostBytes of all jars
     */
    record Keep(int previous, long mostBytes) {
    }

    Recording(final Recorder recorder, final Keep keep, final Duration later) {
        this.recorder = recorder;
        this.keep = keep;
        this.later = later;
        this.thread = new Thread(this::run, "amarena-deploy-record");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Something happened. */
    synchronized void signal() {
        signalled = true;
        notifyAll();
    }

    private void run() {
        boolean again = false;
        while (awaitWork(again)) {
            final boolean events = takeSignal();
            again = events | !record();
        }
    }

    private synchronized boolean takeSignal() {
        final boolean events = signalled;
        signalled = false;
        return events;
    }

    private boolean record() {
        try {
            final boolean whole = recorder.record();
            final long bytes = recorder.tidy(keep.previous(), keep.mostBytes());
            if (bytes > keep.mostBytes()) {
                LOG.warn("The store of bundles holds {} MB, all of them needed; it should hold at most {} MB "
                        + "(storeMb of io.amarena.deploy)", bytes >> 20, keep.mostBytes() >> 20);
            }
            return whole;
        } catch (final IOException e) {
            LOG.warn("Old jars in the store could not be deleted: {}", e.toString());
            return true;
        } catch (final RuntimeException e) {
            LOG.error("What happens to bundles is not recorded: {}. Restart the gateway", e.toString(), e);
            return true;
        }
    }

    /** Waits for a signal, or until it is time to look once more; false when there is nothing more to do. */
    private synchronized boolean awaitWork(final boolean again) {
        final long end = System.nanoTime() + later.toNanos();
        try {
            while (!signalled && !closed) {
                final long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (again && left <= 0) {
                    return true;
                }
                wait(again ? left : 0);
            }
        } catch (final InterruptedException e) {
            return false;
        }
        return !closed;
    }

    /** Ends the thread; what was seen before is recorded. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            interrupted = true;
        }
        recorder.record();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
