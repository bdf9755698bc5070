/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import io.amarena.api.model.Size;
import io.amarena.api.stage.DecodeScratch;
import io.amarena.api.stage.ImageDecoder;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The memory of one decoding thread, which counts how often it had to grow. */
final class TestScratch implements DecodeScratch {

    /** As many pixels as any picture has: decode the whole. */
    static final Size ALL = new Size(65_535, 65_535);

    private final Map<ImageDecoder, Object> attachments = new HashMap<>();
    private ByteBuffer pixels = ByteBuffer.allocate(0);
    private int allocations;

    int allocations() {
        return allocations;
    }

    @Override
    public long maxPixels() {
        return 16_000_000;
    }

    @Override
    public ByteBuffer pixels(final int bytes) {
        if (pixels.capacity() < bytes) {
            pixels = ByteBuffer.allocate(bytes);
            allocations++;
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
