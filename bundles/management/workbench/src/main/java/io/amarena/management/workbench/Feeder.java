/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameBuffer;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Offers pictures to the pipelines of a pack in turn, as fast as they are taken. Used by one thread. */
final class Feeder {

    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final List<FrameSink> sinks;
    private long accepted;

    Feeder(final List<FrameSink> sinks) {
        this.sinks = sinks;
    }

    /** Frames that the pipelines have accepted. */
    long accepted() {
        return accepted;
    }

    /** The sink that gets the next frame. */
    private FrameSink next() {
        return sinks.get((int) (accepted % sinks.size()));
    }

    /** Offers one frame, or waits a moment when it is refused; it is the caller's to try again. */
    void offer(final byte[] picture) throws InterruptedException {
        final FrameSink sink = next();
        final FrameBuffer buffer = sink.allocate(picture.length);
        Admission admission = Admission.REFUSED_BUSY;
        if (buffer != null) {
            buffer.bytes().put(0, picture);
            admission = sink.offer(FrameDraft.of(buffer, new EncodedImage("image/jpeg", buffer.bytes())),
                    FrameCompletion.NONE);
        }
        if (admission.accepted()) {
            accepted++;
        } else {
            sink.awaitCapacity(PATIENCE);
        }
    }

    /** Offers pictures until the calling thread is interrupted. */
    void feed(final List<byte[]> pictures) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                offer(pictures.get((int) (accepted % pictures.size())));
            }
        } catch (final InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }

    /** Offers pictures for a time at a steady rate, as cameras do. */
    void pace(final List<byte[]> pictures, final long nanos, final double framesPerSecond) throws InterruptedException {
        final long begin = System.nanoTime();
        final double step = 1e9 / framesPerSecond;
        for (long due = 0, i = 0; due < nanos; due = (long) (++i * step)) {
            final long wait = begin + due - System.nanoTime();
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            offer(pictures.get((int) (accepted % pictures.size())));
        }
    }

    /** Waits a moment for frames to be answered. */
    void pause() throws InterruptedException {
        sinks.get(0).awaitCapacity(PATIENCE);
    }
}
