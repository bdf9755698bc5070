/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.source;

import io.amarena.api.frame.FrameBuffer;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.frame.FrameId;
import io.amarena.api.source.Admission;
import io.amarena.api.source.FrameCompletion;
import io.amarena.api.source.FrameSink;
import io.amarena.engine.memory.CountedFrame;
import io.amarena.engine.memory.FrameMemory;
import io.amarena.engine.memory.PooledBuffer;
import io.amarena.engine.pipeline.Completion;
import io.amarena.engine.pipeline.Job;
import io.amarena.engine.pipeline.Pipeline;
import io.amarena.engine.work.Dispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The place of one source, by its name: gives its frames their identity and hands each to all pipelines that want it,
 * or to none. It stays when the source's bundle is updated, so that numbering goes on. Thread-safe.
 */
public final class SourcePort implements FrameSink {

    private final String name;
    private final long epoch;
    private final FrameMemory memory;
    private final Dispatcher dispatcher;
    private final Capacity capacity;
    private volatile List<Pipeline> pipelines = List.of();
    private volatile boolean closed;
    /** Guarded by the dispatcher's lock, so that numbers rise in the order of the mailboxes. */
    private long sequence;

    /**
     * A port that no pipeline wants yet.
     *
     * @param epoch    of this start of the gateway
     * @param capacity signals that there may be room again
     */
    public SourcePort(final String name, final long epoch, final FrameMemory memory, final Dispatcher dispatcher,
            final Capacity capacity) {
        this.name = name;
        this.epoch = epoch;
        this.memory = memory;
        this.dispatcher = dispatcher;
        this.capacity = capacity;
    }

    public String name() {
        return name;
    }

    /** The pipelines that get frames from now on. */
    public void feed(final List<Pipeline> wanting) {
        pipelines = List.copyOf(wanting);
        capacity.signal();
    }

    public List<Pipeline> pipelines() {
        return pipelines;
    }

    /** Refuses every frame from now on. */
    public void close() {
        closed = true;
        capacity.signal();
    }

    @Override
    public FrameBuffer allocate(final int bytes) {
        return closed ? null : memory.allocate(bytes);
    }

    @Override
    public Admission offer(final FrameDraft draft, final FrameCompletion completion) {
        if (!(draft.buffer() instanceof PooledBuffer)) {
            throw new IllegalArgumentException("A frame's buffer must come from FrameSink.allocate, not be a "
                    + draft.buffer().getClass().getName());
        }
        final PooledBuffer buffer = (PooledBuffer) draft.buffer();
        buffer.takeOver();
        if (closed) {
            buffer.freeUnused();
            return Admission.REFUSED_CLOSED;
        }
        final List<Job> pushedOut = new ArrayList<>(0);
        final Admission admission = dispatcher.locked(() -> admit(draft, buffer, completion, pushedOut));
        if (!admission.accepted()) {
            buffer.freeUnused();
        }
        for (final Job job : pushedOut) {
            job.pipeline().shed(job);
        }
        return admission;
    }

    private Admission admit(final FrameDraft draft, final PooledBuffer buffer, final FrameCompletion completion,
            final List<Job> pushedOut) {
        final List<Pipeline> wanting = pipelines;
        if (wanting.isEmpty()) {
            return Admission.REFUSED_UNWANTED;
        }
        for (int i = 0; i < wanting.size(); i++) {
            if (!wanting.get(i).reserve()) {
                for (int undo = 0; undo < i; undo++) {
                    wanting.get(undo).cancelReservation();
                }
                wanting.forEach(pipeline -> pipeline.account().refused());
                return Admission.REFUSED_BUSY;
            }
        }
        final CountedFrame frame = new CountedFrame(new FrameId(epoch, name, sequence++), draft, buffer,
                wanting.size());
        final Completion shared = completion == FrameCompletion.NONE ? null
                : new Completion(completion, wanting.size());
        for (final Pipeline pipeline : wanting) {
            final Job job = pipeline.accept(frame, shared);
            if (job != null) {
                pushedOut.add(job);
            }
        }
        return Admission.ACCEPTED;
    }

    @Override
    public boolean awaitCapacity(final Duration atMost) throws InterruptedException {
        if (closed) {
            return false;
        }
        return capacity.await(atMost) && !closed;
    }
}
