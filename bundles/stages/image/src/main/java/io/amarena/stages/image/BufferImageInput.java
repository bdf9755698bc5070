/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.image;

import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStreamImpl;

/** A picture's bytes as the JDK's readers want them: no copy, no file. Not thread-safe. */
final class BufferImageInput extends ImageInputStreamImpl {

    private ByteBuffer bytes = ByteBuffer.allocate(0);

    /** Starts over with other bytes, from position to limit. */
    void open(final ByteBuffer encoded) {
        bytes = encoded.slice();
        streamPos = 0;
        flushedPos = 0;
        bitOffset = 0;
    }

    @Override
    public int read() {
        bitOffset = 0;
        if (streamPos >= bytes.limit()) {
            return -1;
        }
        return Byte.toUnsignedInt(bytes.get((int) streamPos++));
    }

    @Override
    public int read(final byte[] into, final int offset, final int length) {
        bitOffset = 0;
        final int count = (int) Math.min(length, bytes.limit() - streamPos);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        bytes.get((int) streamPos, into, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.limit();
    }
}
