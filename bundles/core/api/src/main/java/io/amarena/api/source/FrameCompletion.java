/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.source;

import io.amarena.api.frame.FrameId;
import io.amarena.api.result.Result;

/**
 * Hears what became of one accepted frame. Called on threads of the engine: implementations return quickly and do
 * not throw.
 */
public interface FrameCompletion {

    /** Ignores everything. */
    FrameCompletion NONE = new FrameCompletion() {
    };

    /** A pipeline has a result for the frame, a failed one included. Called once per pipeline that keeps it. */
    default void completed(final Result result) {
    }

    /** A pipeline dropped the frame by its overload policy or because the gateway stops. */
    default void shed(final FrameId frame, final String pipeline) {
    }

    /** Every pipeline that accepted the frame has answered. Called exactly once, last. */
    default void done() {
    }
}
