/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.source;

import io.amarena.api.frame.FrameBuffer;
import io.amarena.api.frame.FrameDraft;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The door through which a source hands frames to the pipelines that want them. All methods may be called from any
 * thread; none waits, except {@link #awaitCapacity}.
 *
 * <p>An offer is one step for all pipelines of the source: either all of them take the frame or none does, so that
 * offering a refused frame again never makes a duplicate.
 */
@ProviderType
public interface FrameSink {

    /**
     * Pooled memory for one frame.
     *
     * @param bytes size, at least 1
     * @return the memory, or null when the frame budget of the gateway is spent at the moment
     * @throws IllegalArgumentException when the size is larger than the whole budget, so that waiting cannot help
     */
    FrameBuffer allocate(int bytes);

    /**
     * Offers one frame. The buffer of the draft belongs to the gateway from here on, whatever the answer.
     *
     * @param completion told about the frame's results when it was accepted; {@link FrameCompletion#NONE} otherwise
     */
    Admission offer(FrameDraft draft, FrameCompletion completion);

    /**
     * Waits until an offer has a fair chance again after a refusal.
     *
     * @return false when the time is over or the sink is closed
     * @throws InterruptedException when the waiting thread is interrupted
     */
    boolean awaitCapacity(Duration atMost) throws InterruptedException;
}
