/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.memory;

import io.amarena.api.frame.FrameBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/** One block of frame memory on its way from a source through a frame back to the pool. */
public final class PooledBuffer implements FrameBuffer {

    private final FrameMemory home;
    private final AtomicReference<ByteBuffer> memory;
    private final ByteBuffer bytes;
    private volatile boolean offered;

    PooledBuffer(final FrameMemory home, final ByteBuffer memory, final int size) {
        this.home = home;
        this.memory = new AtomicReference<>(memory);
        this.bytes = FrameMemory.view(memory, size);
    }

    @Override
    public ByteBuffer bytes() {
        return bytes;
    }

    /** Takes the memory over from the source: its {@link #close()} does nothing from now on. */
    public void takeOver() {
        if (offered || memory.get() == null) {
            throw new IllegalStateException("A frame buffer can be offered once; allocate another one");
        }
        offered = true;
    }

    @Override
    public void close() {
        if (!offered) {
            free();
        }
    }

    /** Gives the memory back to its pool and tells who waits for room; further calls do nothing. */
    public void free() {
        final ByteBuffer block = memory.getAndSet(null);
        if (block != null) {
            home.giveBack(block);
            home.released();
        }
    }

    /**
     * Gives the memory of a refused frame back without telling anybody: it makes no room that was not there before, and
     * telling would wake the very source that was refused, again and again.
     */
    public void freeUnused() {
        final ByteBuffer block = memory.getAndSet(null);
        if (block != null) {
            home.giveBack(block);
        }
    }
}
