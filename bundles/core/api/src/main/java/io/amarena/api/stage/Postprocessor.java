/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.stage;

import io.amarena.api.result.Outcome;
import io.amarena.api.tensor.Tensors;

/**
 * Reads the outputs of a model into an outcome. Used by several threads at the same time. The contract of
 * {@link PreprocessorFactory} on outliving a bundle applies.
 */
public interface Postprocessor extends AutoCloseable {

    /**
     * Reads the answer for one frame.
     *
     * @param outputs  of the batch, with their actual shapes
     * @param index    place of the frame in the batch, from 0
     * @param geometry what the preprocessor returned for that frame
     * @return the outcome in frame coordinates; keeps no reference to the tensors
     * @throws StageException when the outputs are not what the stage expects, or hold NaN where a number is needed
     */
    Outcome read(Tensors outputs, int index, Geometry geometry) throws StageException;

    /** Idempotent. */
    @Override
    default void close() {
    }
}
