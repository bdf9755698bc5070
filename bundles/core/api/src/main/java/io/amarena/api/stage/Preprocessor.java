/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.stage;

import io.amarena.api.backend.BatchLayout;
import io.amarena.api.frame.FrameContent;
import io.amarena.api.model.Size;
import io.amarena.api.tensor.Tensors;

/**
 * Writes frames into the inputs of a model. Used by several threads at the same time, each with a slot of its own.
 * The contract of {@link PreprocessorFactory} on outliving a bundle applies.
 */
public interface Preprocessor extends AutoCloseable {

    /** The inputs for a batch of that many frames. */
    BatchLayout layout(int capacity);

    /** Whether the stage wants decoded pictures; then encoded ones are decoded before {@link #write}. */
    default boolean needsDecodedImages() {
        return true;
    }

    /**
     * How many pixels of a picture the stage can use, so that a decoder need not deliver more. A stage that asks for
     * fewer than there are has to expect {@linkplain io.amarena.api.frame.Image#frameWidth() reduced pictures}. By
     * default, all.
     *
     * @param picture size of an encoded picture
     * @return not more than that
     */
    default Size usefulSize(final Size picture) {
        return picture;
    }

    /**
     * Writes one frame. Does not change the frame.
     *
     * @param content a decoded picture, samples, or what the source offered
     * @param inputs  the tensors of the batch, in the shapes of {@link #layout}
     * @param index   place of the frame in the batch, from 0
     * @return how the frame lies in the input
     * @throws StageException when the stage cannot use such a frame; other frames of the batch go on
     */
    Geometry write(FrameContent content, Tensors inputs, int index) throws StageException;

    /** Idempotent. */
    @Override
    default void close() {
    }
}
