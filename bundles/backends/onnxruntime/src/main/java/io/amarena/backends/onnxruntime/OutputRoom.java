/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import io.amarena.api.backend.BackendException;
import java.nio.ByteBuffer;

/**
 * Memory of one output of one slot, which grows when a run needs more. Not thread-safe.
 */
final class OutputRoom {

    private final String owner;
    private ByteBuffer whole = ByteBuffer.allocateDirect(0);
    private ByteBuffer part = whole;

    OutputRoom(final String owner) {
        this.owner = owner;
    }

    /**
     * Room for that many bytes: the same object as last time when the size is the same.
     *
     * @param foreseen what later runs will probably need
     */
    ByteBuffer of(final long bytes, final long foreseen) throws BackendException {
        if (bytes > whole.capacity()) {
            whole = foreseen > bytes ? takeGenerously(bytes, foreseen) : DirectMemory.take(bytes, owner);
            part = whole;
        }
        if (part.capacity() != bytes) {
            part = DirectMemory.part(whole, (int) bytes);
        }
        return part;
    }

    private ByteBuffer takeGenerously(final long bytes, final long foreseen) throws BackendException {
        try {
            return DirectMemory.take(foreseen, owner);
        } catch (final BackendException tooMuch) {
            return DirectMemory.take(bytes, owner);
        }
    }
}
