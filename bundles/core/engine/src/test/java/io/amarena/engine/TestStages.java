/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.backend.BatchLayout;
import io.amarena.api.frame.EncodedImage;
import io.amarena.api.frame.FrameContent;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Values;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.Postprocessor;
import io.amarena.api.stage.PostprocessorFactory;
import io.amarena.api.stage.Preprocessor;
import io.amarena.api.stage.PreprocessorFactory;
import io.amarena.api.stage.StageContext;
import io.amarena.api.stage.StageException;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensors;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Stages for frames of one byte: it is written as a float, and the model's answer is read as a value. */
final class TestStages {

    /** A frame of this byte is refused by the preprocessor. */
    static final int UNREADABLE = 99;

    private TestStages() {
    }

    /** Makes preprocessors that break when told to, as stages do whose bundle has left. */
    static final class Bytes implements PreprocessorFactory {

        final AtomicBoolean broken = new AtomicBoolean();
        final AtomicInteger open = new AtomicInteger();

        @Override
        public Preprocessor create(final StageContext context) {
            open.incrementAndGet();
            return new Preprocessor() {

                private final BatchLayout[] layouts = new BatchLayout[65];

                @Override
                public BatchLayout layout(final int capacity) {
                    if (layouts[capacity] == null) {
                        layouts[capacity] = new BatchLayout(capacity, Map.of("x", Shape.of(capacity, 1)));
                    }
                    return layouts[capacity];
                }

                @Override
                public boolean needsDecodedImages() {
                    return false;
                }

                @Override
                public Geometry write(final FrameContent content, final Tensors inputs, final int index)
                        throws StageException {
                    if (broken.get()) {
                        throw new NoClassDefFoundError("a class that was not loaded in time");
                    }
                    final int value = ((EncodedImage) content).bytes().get(0);
                    if (value == UNREADABLE) {
                        throw new StageException("the frame holds " + value);
                    }
                    inputs.get("x").data().putFloat(4 * index, value);
                    return new Geometry(1, 1, 1, 1, 1, 1, 0, 0);
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        }
    }

    /** Makes postprocessors. */
    static final class Value implements PostprocessorFactory {

        @Override
        public Postprocessor create(final StageContext context) {
            return (outputs, index, geometry) -> outcome(outputs.get("y").data().getFloat(4 * index));
        }
    }

    static Outcome outcome(final double value) {
        return new Values("value/1", Map.of("value", value));
    }
}
