/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.view;

import io.amarena.api.frame.Frame;
import io.amarena.api.manage.FrameTap;
import io.amarena.api.manage.TapListener;
import io.amarena.api.result.Result;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows frames with their results to whoever looks. Each looker has a thread and a few places of its own; what comes
 * while they are taken passes unseen. Thread-safe.
 */
public final class TapHub implements FrameTap, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TapHub.class);
    private static final int PLACES = 8;
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Tap> taps = new CopyOnWriteArrayList<>();

    @Override
    public AutoCloseable open(final String pipeline, final double perSecond, final TapListener listener) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("A tap shows more than 0 frames per second, not " + perSecond);
        }
        final Tap tap = new Tap(pipeline, perSecond, listener);
        taps.add(tap);
        tap.start();
        return () -> {
            taps.remove(tap);
            tap.close();
        };
    }

    /** Offers a result with its frame to all taps. Returns at once. */
    public void show(final Frame frame, final Result result) {
        for (final Tap tap : taps) {
            tap.offer(frame, result);
        }
    }

    @Override
    public void close() {
        for (final Tap tap : taps) {
            taps.remove(tap);
            tap.close();
        }
    }

    private record Seen(Frame frame, Result result) {
    }

    private static final class Tap implements Runnable {

        private final String pipeline;
        private final long intervalNanos;
        private final TapListener listener;
        private final ArrayBlockingQueue<Seen> places = new ArrayBlockingQueue<>(PLACES);
        private final Thread thread = new Thread(this, "amarena-tap");
        private long nextAt = System.nanoTime();
        private volatile boolean closed;

        Tap(final String pipeline, final double perSecond, final TapListener listener) {
            this.pipeline = pipeline;
            this.intervalNanos = (long) (NANOS_PER_SECOND / perSecond);
            this.listener = listener;
            thread.setDaemon(true);
        }

        void start() {
            thread.start();
        }

        void offer(final Frame frame, final Result result) {
            if (closed || !pipeline.equals("*") && !pipeline.equals(result.pipeline()) || !due()) {
                return;
            }
            frame.retain();
            if (!places.offer(new Seen(frame, result))) {
                frame.release();
            } else if (closed) {
                releaseAll();
            }
        }

        private synchronized boolean due() {
            final long now = System.nanoTime();
            if (now - nextAt < 0) {
                return false;
            }
            nextAt = Math.max(nextAt + intervalNanos, now - intervalNanos);
            return true;
        }

        @Override
        public void run() {
            try {
                while (!closed) {
                    final Seen seen = places.take();
                    try {
                        listener.seen(seen.frame(), seen.result());
                    } catch (final RuntimeException | LinkageError broken) {
                        LOG.warn("A frame tap failed: {}", broken.toString(), broken);
                    } finally {
                        seen.frame().release();
                    }
                }
            } catch (final InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            releaseAll();
        }

        void close() {
            closed = true;
            thread.interrupt();
            releaseAll();
        }

        private void releaseAll() {
            Seen seen = places.poll();
            while (seen != null) {
                seen.frame().release();
                seen = places.poll();
            }
        }
    }
}
