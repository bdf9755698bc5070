/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import io.amarena.api.frame.FrameId;
import io.amarena.api.result.Result;
import io.amarena.api.source.FrameCompletion;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a source what became of its frame, and when all pipelines have answered. */
public final class Completion {

    private static final Logger LOG = LoggerFactory.getLogger(Completion.class);

    private final FrameCompletion listener;
    private final AtomicInteger open;

    /**
     * Not yet answered.
     *
     * @param pipelines that accepted the frame
     */
    public Completion(final FrameCompletion listener, final int pipelines) {
        this.listener = listener;
        this.open = new AtomicInteger(pipelines);
    }

    void completed(final Result result) {
        tell(() -> listener.completed(result));
    }

    void shed(final FrameId frame, final String pipeline) {
        tell(() -> listener.shed(frame, pipeline));
    }

    private void tell(final Runnable answer) {
        guarded(answer);
        if (open.decrementAndGet() == 0) {
            guarded(listener::done);
        }
    }

    private static void guarded(final Runnable call) {
        try {
            call.run();
        } catch (final RuntimeException | LinkageError broken) {
            LOG.warn("A source failed to take the result of its frame: {}", broken.toString(), broken);
        }
    }
}
