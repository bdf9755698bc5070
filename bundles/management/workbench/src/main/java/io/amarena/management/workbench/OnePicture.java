/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.stage.DecodeScratch;
import io.amarena.api.stage.ImageDecoder;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;

/** Decoding memory that is used once. */
final class OnePicture implements DecodeScratch {

    private final Map<ImageDecoder, Object> attachments = new IdentityHashMap<>();
    private final long maxPixels;

    OnePicture(final long maxPixels) {
        this.maxPixels = maxPixels;
    }

    @Override
    public long maxPixels() {
        return maxPixels;
    }

    @Override
    public ByteBuffer pixels(final int bytes) {
        return ByteBuffer.allocate(bytes);
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
