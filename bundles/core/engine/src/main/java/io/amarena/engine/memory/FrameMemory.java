/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.memory;

import io.amarena.api.manage.MemoryView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Direct memory for frames, pooled by size, with one budget of bytes for the whole gateway.
 *
 * <p>Memory is handed out in blocks of a power of two or one and a half times a power of two, so that at most a third
 * of a block is unused. Blocks that came back stay in the pool until another size needs the room; then the largest
 * pooled blocks are dropped first. Thread-safe.
 */
public final class FrameMemory {

    /** Smaller frames share this block size. */
    private static final int SMALLEST = 4096;

    /** Block sizes are indexed by twice the binary logarithm, plus one for the size between. */
    private static final int CLASSES = 64;

    private final long budget;
    private final Runnable onRelease;
    private final ArrayDeque<ByteBuffer>[] pool;
    private long used;
    private long pooled;

    /**
     * A pool without memory yet.
     *
     * @param budget    most bytes in frames and pool together
     * @param onRelease called after memory came back, on the thread that gave it back; returns at once
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public FrameMemory(final long budget, final Runnable onRelease) {
        this.budget = budget;
        this.onRelease = onRelease;
        this.pool = new ArrayDeque[CLASSES];
        Arrays.setAll(pool, index -> new ArrayDeque<ByteBuffer>());
    }

    /**
     * Memory of exactly that size.
     *
     * @return null when the budget does not allow it at the moment
     * @throws IllegalArgumentException when it never will
     */
    public PooledBuffer allocate(final int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("A frame of " + bytes + " bytes has no content");
        }
        final int sizeClass = sizeClass(bytes);
        final long block = blockSize(sizeClass);
        if (block > budget || block > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("A frame of " + bytes + " bytes does not fit into the frame memory of "
                    + budget + " bytes: raise frameMemoryMb of io.amarena.engine");
        }
        final ByteBuffer memory;
        synchronized (this) {
            if (used + block > budget) {
                return null;
            }
            final ByteBuffer known = pool[sizeClass].poll();
            used += block;
            if (known == null) {
                makeRoom();
                memory = null;
            } else {
                pooled -= block;
                memory = known;
            }
        }
        if (memory != null) {
            return new PooledBuffer(this, memory, bytes);
        }
        try {
            return new PooledBuffer(this, ByteBuffer.allocateDirect((int) block), bytes);
        } catch (final OutOfMemoryError spent) {
            synchronized (this) {
                used -= block;
            }
            return null;
        }
    }

    public synchronized MemoryView view() {
        return new MemoryView(budget, used, pooled);
    }

    synchronized void giveBack(final ByteBuffer memory) {
        used -= memory.capacity();
        pooled += memory.capacity();
        pool[sizeClass(memory.capacity())].push(memory);
        makeRoom();
    }

    void released() {
        onRelease.run();
    }

    private void makeRoom() {
        for (int sizeClass = CLASSES - 1; sizeClass >= 0 && used + pooled > budget; sizeClass--) {
            while (used + pooled > budget && !pool[sizeClass].isEmpty()) {
                pooled -= pool[sizeClass].poll().capacity();
            }
        }
    }

    static int sizeClass(final int bytes) {
        final int wanted = Math.max(bytes, SMALLEST);
        final int exponent = 32 - Integer.numberOfLeadingZeros(wanted - 1);
        final boolean between = wanted <= 3L << exponent - 2;
        return between ? 2 * exponent - 1 : 2 * exponent;
    }

    static long blockSize(final int sizeClass) {
        final int exponent = (sizeClass + 1) / 2;
        return sizeClass % 2 == 1 ? 3L << exponent - 2 : 1L << exponent;
    }

    /** Native byte order is what sessions and stages agree on. */
    static ByteBuffer view(final ByteBuffer memory, final int bytes) {
        return memory.duplicate().clear().limit(bytes).slice().order(ByteOrder.nativeOrder());
    }
}
