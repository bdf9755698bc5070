/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.backend;

import io.amarena.api.tensor.Tensors;

/**
 * Room for one batch in memory that the session allocated: in this process, shared with a worker process, or pinned
 * for an accelerator.
 *
 * <p>Fill {@link #inputs()}, {@link #run}, read {@link #outputs()}, {@link #release()}; as often as wanted before the
 * release. A slot is used by one thread at a time.
 */
public interface Slot {

    /** The input tensors in the shapes of the layout, whatever the number of frames that will run. */
    Tensors inputs();

    /**
     * Runs the model over the first frames of the batch.
     *
     * @param count number of frames, 1 to the capacity of the layout
     * @throws BackendException when the run failed; the slot can be used again unless the exception says that the
     *                          session is lost
     */
    void run(int count) throws BackendException;

    /** The outputs of the last run with their actual shapes; valid until the next run or the release. */
    Tensors outputs();

    /** Gives the slot back to its session. The slot and its tensors must not be touched afterwards. */
    void release();
}
