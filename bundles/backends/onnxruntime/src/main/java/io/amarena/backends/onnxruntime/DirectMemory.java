/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BackendException.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes memory outside the Java heap, aligned to cache lines; it is given back when nobody refers to it any more. */
final class DirectMemory {

    private static final int CACHE_LINE = 64;

    private DirectMemory() {
    }

    /**
     * Zeroed memory in native byte order.
     *
     * @param owner whose it is, for the message
     * @throws BackendException when there is not so much, or a buffer cannot hold it
     */
    static ByteBuffer take(final long bytes, final String owner) throws BackendException {
        if (bytes > Integer.MAX_VALUE - 2 * CACHE_LINE) {
            throw new BackendException(Code.OUT_OF_MEMORY, owner + " would take " + bytes
                    + " bytes; a tensor holds at most 2 GiB. Use smaller batches or inputs");
        }
        try {
            final int lines = ((int) bytes + CACHE_LINE - 1) / CACHE_LINE + 1;
            return part(ByteBuffer.allocateDirect(lines * CACHE_LINE).alignedSlice(CACHE_LINE), (int) bytes);
        } catch (final OutOfMemoryError full) {
            throw new BackendException(Code.OUT_OF_MEMORY, owner + " takes " + bytes + " bytes, and so much memory "
                    + "outside the heap is not free. Use smaller batches or inputs, or raise "
                    + "-XX:MaxDirectMemorySize", full);
        }
    }

    /** The first bytes of a buffer as a buffer of their own, in native order. */
    static ByteBuffer part(final ByteBuffer whole, final int bytes) {
        return whole.slice(0, bytes).order(ByteOrder.nativeOrder());
    }
}
