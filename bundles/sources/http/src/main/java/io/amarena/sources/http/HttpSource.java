/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.http;

import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameBuffer;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSink;
import io.amarena.api.source.FrameSource;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Hands pictures of requests over while a pipeline wants them. Thread-safe. */
final class HttpSource implements FrameSource {

    /** Requests offer at the same time; a stop waits for those that are on their way, so that none comes after it. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private FrameSink sink;

    @Override
    public void start(final FrameSink to) {
        replace(to);
    }

    @Override
    public void stop() {
        replace(null);
    }

    private void replace(final FrameSink to) {
        lock.writeLock().lock();
        try {
            sink = to;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Offers one picture.
     *
     * @throws IllegalArgumentException when it can never fit into the frame memory
     */
    Admission offer(final byte[] picture, final String mediaType, final FrameCompletion completion) {
        lock.readLock().lock();
        try {
            if (sink == null) {
                return Admission.REFUSED_UNWANTED;
            }
            final FrameBuffer buffer = sink.allocate(picture.length);
            if (buffer == null) {
                return Admission.REFUSED_BUSY;
            }
            buffer.bytes().put(0, picture);
            return sink.offer(FrameDraft.of(buffer, new EncodedImage(mediaType, buffer.bytes())), completion);
        } finally {
            lock.readLock().unlock();
        }
    }
}
