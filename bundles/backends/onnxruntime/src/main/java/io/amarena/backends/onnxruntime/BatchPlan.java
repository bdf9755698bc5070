/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BackendException.Code;
import io.amarena.api.backend.BatchLayout;
import io.amarena.api.model.ModelId;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One batch layout, checked against a model: the shape of each input for every number of frames, and the shapes of
 * the outputs as far as runs have shown them. Shared by all slots of the layout; thread-safe.
 *
 * <p>An input counts frames when its first dimension equals the capacity. Where the model leaves that dimension
 * free, a partial batch makes it smaller; where the model fixes it, partial batches run in full, and what comes out
 * for the frames beyond the count means nothing. All other inputs are shared by the frames of a batch.
 */
final class BatchPlan {

    /** More frames at once are a mistake, and the tables below have an entry for each number of frames. */
    private static final int LARGEST_CAPACITY = 65_536;

    private final BatchLayout layout;
    private final int capacity;
    private final List<TensorSpec> specs;
    private final List<Shape> shapes;
    private final AtomicReferenceArray<List<Shape>> outputShapes;

    private BatchPlan(final BatchLayout layout, final List<TensorSpec> specs, final List<Shape> shapes) {
        this.layout = layout;
        this.capacity = layout.capacity();
        this.specs = specs;
        this.shapes = List.copyOf(shapes);
        this.outputShapes = new AtomicReferenceArray<>(capacity + 1);
    }

    /**
     * Checks a layout.
     *
     * @throws BackendException when it does not fit the inputs; the message names the input and both shapes
     */
    static BatchPlan of(final ModelId model, final List<TensorSpec> inputs, final BatchLayout layout)
            throws BackendException {
        final Map<String, Shape> wanted = layout.inputs();
        for (final String name : wanted.keySet()) {
            if (inputs.stream().noneMatch(input -> input.name().equals(name))) {
                throw mismatch(model, "has no input \"" + name + "\"; its inputs are " + inputs);
            }
        }
        final List<Shape> shapes = new ArrayList<>();
        boolean countsFrames = layout.capacity() == 1;
        for (final TensorSpec input : inputs) {
            final Shape shape = wanted.get(input.name());
            check(model, input, shape);
            shapes.add(shape);
            countsFrames |= shape.rank() > 0 && shape.dimension(0) == layout.capacity();
        }
        if (!countsFrames) {
            throw mismatch(model, "cannot take " + layout.capacity() + " frames: the first dimension of none of its "
                    + "inputs is that long in the layout " + wanted + "; the model declares " + inputs);
        }
        if (layout.capacity() > LARGEST_CAPACITY) {
            throw mismatch(model, "is to take " + layout.capacity() + " frames at once; " + LARGEST_CAPACITY
                    + " is the most");
        }
        return new BatchPlan(layout, inputs, shapes);
    }

    private static void check(final ModelId model, final TensorSpec input, final Shape shape)
            throws BackendException {
        if (shape == null) {
            throw mismatch(model, "needs its input \"" + input.name() + "\", which the layout lacks");
        }
        if (!input.shape().admits(shape)) {
            throw mismatch(model, "declares its input \"" + input.name() + "\" as " + input.shape()
                    + ", which does not take " + shape + "; change the input size or the batch");
        }
        for (int i = 0; i < shape.rank(); i++) {
            if (shape.dimension(i) == 0) {
                throw mismatch(model, "would get nothing in its input \"" + input.name() + "\": the layout makes it "
                        + shape);
            }
        }
    }

    private static BackendException mismatch(final ModelId model, final String problem) {
        return new BackendException(Code.LAYOUT_MISMATCH, "Model " + model + ' ' + problem);
    }

    BatchLayout layout() {
        return layout;
    }

    int capacity() {
        return capacity;
    }

    /** The shape of an input in the full batch. */
    Shape inputShape(final int input) {
        return shapes.get(input);
    }

    /** The shape of an input when that many frames run. */
    Shape inputShape(final int input, final int count) {
        final Shape declared = specs.get(input).shape();
        final Shape full = shapes.get(input);
        final boolean shrinks = full.rank() > 0 && declared.dimension(0) == Shape.FREE
                && full.dimension(0) == capacity;
        return shrinks ? full.with(0, count) : full;
    }

    /** Size of a tensor of that shape; {@link Long#MAX_VALUE} where a long cannot hold it. */
    static long bytes(final TensorSpec spec, final Shape shape) {
        try {
            return Math.multiplyExact(shape.elements(), spec.type().bytes());
        } catch (final ArithmeticException beyondLong) {
            return Long.MAX_VALUE;
        }
    }

    /** The outputs' shapes of a run over that many frames, as one run had them; null while there was none. */
    List<Shape> outputShapes(final int count) {
        return outputShapes.get(count);
    }

    void seenOutputShapes(final int count, final List<Shape> seen) {
        outputShapes.set(count, List.copyOf(seen));
    }
}
