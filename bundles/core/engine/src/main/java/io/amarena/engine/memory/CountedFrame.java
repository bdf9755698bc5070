/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.memory;

import io.amarena.api.frame.Frame;
import io.amarena.api.frame.FrameContent;
import io.amarena.api.frame.FrameDraft;
import io.amarena.api.frame.FrameId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An accepted frame; its memory goes back to the pool with the last share. */
public final class CountedFrame implements Frame {

    private final FrameId id;
    private final FrameDraft draft;
    private final PooledBuffer memory;
    private final AtomicInteger shares;

    /**
     * A frame that has taken its buffer over.
     *
     * @param shares how many holders there are from the start
     */
    public CountedFrame(final FrameId id, final FrameDraft draft, final PooledBuffer memory, final int shares) {
        this.id = id;
        this.draft = draft;
        this.memory = memory;
        this.shares = new AtomicInteger(shares);
    }

    @Override
    public FrameId id() {
        return id;
    }

    @Override
    public Instant capturedAt() {
        return draft.capturedAt();
    }

    @Override
    public FrameContent content() {
        return draft.content();
    }

    @Override
    public Map<String, String> attributes() {
        return draft.attributes();
    }

    @Override
    public void retain() {
        int held = shares.get();
        while (held > 0) {
            if (shares.compareAndSet(held, held + 1)) {
                return;
            }
            held = shares.get();
        }
        throw new IllegalStateException("Frame " + id + " was already released");
    }

    @Override
    public void release() {
        final int left = shares.decrementAndGet();
        if (left == 0) {
            memory.free();
        } else if (left < 0) {
            throw new IllegalStateException("Frame " + id + " was released more often than retained");
        }
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
