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

/** Hands pictures of requests over while a pipeline wants them. Thread-safe. */
final class HttpSource implements FrameSource {

    private volatile FrameSink sink;

    @Override
    public void start(final FrameSink to) {
        sink = to;
    }

    @Override
    public void stop() {
        sink = null;
    }

    /**
     * Offers one picture.
     *
     * @throws IllegalArgumentException when it can never fit into the frame memory
     */
    Admission offer(final byte[] picture, final String mediaType, final FrameCompletion completion) {
        final FrameSink current = sink;
        if (current == null) {
            return Admission.REFUSED_UNWANTED;
        }
        final FrameBuffer buffer = current.allocate(picture.length);
        if (buffer == null) {
            return Admission.REFUSED_BUSY;
        }
        buffer.bytes().put(0, picture);
        return current.offer(FrameDraft.of(buffer, new EncodedImage(mediaType, buffer.bytes())), completion);
    }
}
