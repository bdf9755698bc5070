/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.backend.BatchLayout;
import io.amarena.api.frame.FrameContent;
import io.amarena.api.model.InvalidModelException;
import io.amarena.api.model.Size;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.Preprocessor;
import io.amarena.api.stage.PreprocessorFactory;
import io.amarena.api.stage.StageContext;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.api.tensor.Tensors;
import java.util.Map;

/**
 * The stage {@code bench/tensor}: frames whose tensor is already in its place. It writes nothing, as the raw loop writes
 * nothing, so that what is left is the gateway's own work.
 */
final class TensorStage implements PreprocessorFactory {

    static final String NAME = "bench/tensor";

    @Override
    public Preprocessor create(final StageContext context) throws InvalidModelException {
        final TensorSpec input = context.inputs().get(0);
        final long[] shape = shape(input.shape(), context.size().orElseThrow(() ->
                context.settings().problem("sizes", "is missing; the benchmark needs pictures")), 1);
        final Size size = context.size().get();
        final Geometry geometry = new Geometry(size.width(), size.height(), size.width(), size.height(), 1, 1, 0, 0);
        return new Preprocessor() {

            @Override
            public BatchLayout layout(final int capacity) {
                return new BatchLayout(capacity, Map.of(input.name(), Shape.of(shape).with(0, capacity)));
            }

            @Override
            public boolean needsDecodedImages() {
                return false;
            }

            @Override
            public Geometry write(final FrameContent content, final Tensors inputs, final int index) {
                return geometry;
            }
        };
    }

    /** The shape of a picture input for a batch, whichever layout it has. */
    static long[] shape(final Shape declared, final Size size, final int batch) {
        final boolean channelsLast = declared.dimension(3) == 3 || declared.dimension(3) == 1;
        final long channels = declared.dimension(channelsLast ? 3 : 1);
        return channelsLast ? new long[] {batch, size.height(), size.width(), channels}
                : new long[] {batch, channels == Shape.FREE ? 3 : channels, size.height(), size.width()};
    }
}
