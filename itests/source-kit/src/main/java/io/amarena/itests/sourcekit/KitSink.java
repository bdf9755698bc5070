/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.sourcekit;

import io.amarena.api.frame.FrameBuffer;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A gateway that takes every frame, or none while it is full, and counts what becomes of its memory. */
final class KitSink implements FrameSink {

    private final List<FrameDraft> taken = new ArrayList<>();
    private final Set<Room> out = ConcurrentHashMap.newKeySet();
    private boolean full;
    private int asked;
    private int foreign;
    private int offeredAfterStop;
    private Runnable onAllocate = () -> { };
    private BooleanSupplier stopped = () -> false;

    /** Memory that is out until it is offered or closed. */
    private final class Room implements FrameBuffer {

        private final ByteBuffer memory;

        Room(final int bytes) {
            memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }

        @Override
        public ByteBuffer bytes() {
            return memory;
        }

        @Override
        public void close() {
            out.remove(this);
        }
    }

    /** Takes no frame until told otherwise. */
    synchronized void full(final boolean now) {
        full = now;
        notifyAll();
    }

    /** What happens when memory is asked for the next time. */
    synchronized void onAllocate(final Runnable action) {
        onAllocate = action;
    }

    /** From when on nothing may be offered any more. */
    synchronized void closedWhen(final BooleanSupplier condition) {
        stopped = condition;
    }

    @Override
    public FrameBuffer allocate(final int bytes) {
        final Runnable action;
        synchronized (this) {
            asked++;
            notifyAll();
            if (full) {
                return null;
            }
            action = onAllocate;
            onAllocate = () -> { };
        }
        action.run();
        final Room room = new Room(bytes);
        out.add(room);
        return room;
    }

    @Override
    public synchronized Admission offer(final FrameDraft draft, final FrameCompletion completion) {
        if (!(draft.buffer() instanceof Room) || !out.remove(draft.buffer())) {
            foreign++;
        }
        if (stopped.getAsBoolean()) {
            offeredAfterStop++;
            return Admission.REFUSED_CLOSED;
        }
        if (full) {
            return Admission.REFUSED_BUSY;
        }
        taken.add(draft);
        notifyAll();
        return Admission.ACCEPTED;
    }

    @Override
    public synchronized boolean awaitCapacity(final Duration atMost) throws InterruptedException {
        final long until = System.nanoTime() + atMost.toNanos();
        while (full) {
            final long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Waits until that many frames were taken. */
    synchronized boolean awaitTaken(final int count, final Duration atMost) throws InterruptedException {
        return await(() -> taken.size() >= count, atMost);
    }

    /** Waits until the source has asked for memory that often. */
    synchronized boolean awaitAsked(final int count, final Duration atMost) throws InterruptedException {
        return await(() -> asked >= count, atMost);
    }

    private boolean await(final BooleanSupplier condition, final Duration atMost) throws InterruptedException {
        final long until = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            final long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    synchronized List<FrameDraft> taken() {
        return List.copyOf(taken);
    }

    synchronized int offeredAfterStop() {
        return offeredAfterStop;
    }

    /** Drafts whose memory did not come from here or was offered twice. */
    synchronized int foreign() {
        return foreign;
    }

    /** Pieces of memory that were neither offered nor closed. */
    int out() {
        return out.size();
    }
}
