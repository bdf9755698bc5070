/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.stage.DecodeScratch;
import io.amarena.api.stage.ImageDecoder;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The decoding memory of one worker: it grows to the largest picture seen and is then used again and again. */
public final class WorkerScratch implements DecodeScratch {

    private final long maxPixels;
    private final Map<ImageDecoder, Object> attachments = new IdentityHashMap<>(4);
    private ByteBuffer pixels = ByteBuffer.allocate(0);
    private List<ImageDecoder> known = List.of();

    /**
     * Empty.
     *
     * @param maxPixels larger pictures are refused
     */
    public WorkerScratch(final long maxPixels) {
        this.maxPixels = maxPixels;
    }

    /** Forgets what decoders have left here that are not among these. */
    public void keepOnly(final List<ImageDecoder> decoders) {
        if (known != decoders) {
            known = decoders;
            attachments.keySet().retainAll(decoders);
        }
    }

    @Override
    public long maxPixels() {
        return maxPixels;
    }

    @Override
    public ByteBuffer pixels(final int bytes) {
        if (pixels.capacity() < bytes) {
            pixels = ByteBuffer.allocate(bytes);
        }
        return pixels;
    }

    @Override
    public Object attachment(final ImageDecoder owner) {
        return attachments.get(owner);
    }

    @Override
    public void attach(final ImageDecoder owner, final Object attachment) {
        attachments.put(owner, attachment);
    }
}
