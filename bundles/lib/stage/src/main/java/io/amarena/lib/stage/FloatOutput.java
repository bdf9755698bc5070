/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.stage;

import io.amarena.api.model.InvalidModelException;
import io.amarena.api.model.StageSettings;
import io.amarena.api.stage.StageContext;
import io.amarena.api.stage.StageException;
import io.amarena.api.tensor.ElementType;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.api.tensor.Tensors;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The float32 output of a model that a postprocessor reads, checked when the stage is made as far as the model
 * declares its shape, and at every read for the rest. Immutable and thread-safe.
 */
public final class FloatOutput {

    private final TensorSpec spec;
    private final String meaning;
    private final Shape expected;

    private FloatOutput(final TensorSpec spec, final String meaning, final Shape expected) {
        this.spec = spec;
        this.meaning = meaning;
        this.expected = expected;
    }

    /**
     * The output that a settings key names; the key may be missing when the model has one output.
     *
     * @param key      of the settings
     * @param meaning  the shape in words, such as {@code [N, boxes, 4]}
     * @param expected the shape, free where any size will do
     * @throws InvalidModelException when there is no such output, or it has another type or shape
     */
    public static FloatOutput of(final StageContext context, final String key, final String meaning,
            final Shape expected) throws InvalidModelException {
        final StageSettings settings = context.settings();
        final TensorSpec spec = find(settings, key, context.outputs());
        if (spec.type() != ElementType.FLOAT32) {
            throw settings.problem(key, "names output " + spec + "; " + settings.use() + " reads FLOAT32 alone, so"
                    + " export the model with float32 outputs");
        }
        if (!compatible(expected, spec.shape())) {
            throw settings.problem(key, "names output " + spec + "; " + settings.use() + " needs " + meaning);
        }
        return new FloatOutput(spec, meaning, expected);
    }

    private static TensorSpec find(final StageSettings settings, final String key, final List<TensorSpec> outputs)
            throws InvalidModelException {
        final List<String> names = new ArrayList<>();
        outputs.forEach(output -> names.add(output.name()));
        if (!settings.has(key) && outputs.size() == 1) {
            return outputs.get(0);
        }
        if (!settings.has(key)) {
            throw settings.problem(key, "is missing; the model has the outputs " + String.join(", ", names)
                    + ", so name the one that " + settings.use() + " reads");
        }
        final int index = names.indexOf(settings.text(key));
        if (index < 0) {
            throw settings.problem(key, "names " + settings.text(key) + ", but the model has the outputs "
                    + String.join(", ", names));
        }
        return outputs.get(index);
    }

    private static boolean compatible(final Shape expected, final Shape declared) {
        if (declared.rank() != expected.rank()) {
            return false;
        }
        for (int i = 0; i < expected.rank(); i++) {
            final long wanted = expected.dimension(i);
            final long found = declared.dimension(i);
            if (wanted != Shape.FREE && found != Shape.FREE && wanted != found) {
                return false;
            }
        }
        return true;
    }

    public TensorSpec spec() {
        return spec;
    }

    /** A dimension as declared; negative where it is free. */
    public long declared(final int dimension) {
        return spec.shape().dimension(dimension);
    }

    /**
     * The tensor of one batch.
     *
     * @param index place of the frame in the batch that will be read
     * @throws StageException when its actual shape is not the expected one or has no such frame
     */
    public Tensor in(final Tensors outputs, final int index) throws StageException {
        final Tensor tensor = outputs.get(spec.name());
        final Shape shape = tensor.shape();
        if (!expected.admits(shape)) {
            throw new StageException("Output " + spec.name() + " came with the shape " + shape + " instead of "
                    + meaning);
        }
        if (index >= shape.dimension(0)) {
            throw new StageException("Output " + spec.name() + " came with the shape " + shape
                    + ", which has no frame " + index);
        }
        return tensor;
    }

    /** The elements of a tensor, for absolute access. */
    public static FloatBuffer floats(final Tensor tensor) {
        return tensor.data().asFloatBuffer();
    }

    /** The error for a number that is none. */
    public StageException notANumber(final String what) {
        return new StageException("Output " + spec.name() + " has NaN as " + what
                + "; the model computes with values that it was not made for, or its file is damaged");
    }

    /** The error for a score that lies outside 0 to 1. */
    public StageException noProbability(final double score, final String remedy) {
        return new StageException("Output " + spec.name() + " has the score " + score
                + ", which is not from 0 to 1; " + remedy);
    }
}
