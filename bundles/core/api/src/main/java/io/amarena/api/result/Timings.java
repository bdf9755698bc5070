/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.result;

/**
 * Where the time of one frame went, in nanoseconds.
 *
 * @param waiting     from acceptance until a worker took the frame
 * @param decoding    of an encoded picture; 0 when there was nothing to decode
 * @param preprocessing into the model's input
 * @param inference   the run of the batch that held the frame
 * @param postprocessing from the model's outputs to the outcome
 * @param total       from acceptance until the outcome was there
 * @param batch       frames in the batch
 */
public record Timings(long waiting, long decoding, long preprocessing, long inference, long postprocessing,
        long total, int batch) {

    /** For a frame that never reached a model. */
    public static final Timings NONE = new Timings(0, 0, 0, 0, 0, 0, 0);
}
