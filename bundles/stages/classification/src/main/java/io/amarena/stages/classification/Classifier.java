/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.classification;

import io.amarena.api.model.InvalidModelException;
import io.amarena.api.model.StageSettings;
import io.amarena.api.result.Classification;
import io.amarena.api.result.Classification.ClassScore;
import io.amarena.api.result.Outcome;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.Postprocessor;
import io.amarena.api.stage.StageContext;
import io.amarena.api.stage.StageException;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.api.tensor.Tensors;
import io.amarena.lib.stage.FloatOutput;
import io.amarena.lib.stage.Labels;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one tensor [N, classes] or [N, classes, 1, 1] and reports the best classes. Thread-safe. */
final class Classifier implements Postprocessor {

    private final Labels labels;
    private final FloatOutput output;
    private final Activation activation;
    private final int top;

    Classifier(final StageContext context) throws InvalidModelException {
        final StageSettings settings = context.settings();
        final boolean softmax = settings.use().equals("classification/softmax");
        if (softmax) {
            settings.allowOnly("tensor", "labels", "top", "score");
        } else {
            settings.allowOnly("tensor", "labels", "top", "score", "activation");
        }
        labels = Labels.read(context);
        activation = softmax ? Activation.SOFTMAX : Activation.of(settings);
        top = (int) settings.number("top", 5, 1, 1000);
        output = FloatOutput.of(context, "tensor", "[N, classes] or [N, classes, 1, 1]", shape(context));
        labels.requireClasses(output.declared(1), output.spec());
    }

    private static Shape shape(final StageContext context) throws InvalidModelException {
        final String name = context.settings().text("tensor", "");
        for (final TensorSpec spec : context.outputs()) {
            if ((name.isEmpty() || spec.name().equals(name)) && spec.shape().rank() == 4) {
                return Shape.of(Shape.FREE, Shape.FREE, 1, 1);
            }
        }
        return Shape.of(Shape.FREE, Shape.FREE);
    }

    @Override
    public Outcome read(final Tensors outputs, final int index, final Geometry geometry) throws StageException {
        final Tensor tensor = output.in(outputs, index);
        final int classes = (int) tensor.shape().dimension(1);
        final Optional<String> mismatch = labels.mismatch(classes, output.spec().name());
        if (mismatch.isPresent()) {
            throw new StageException(mismatch.get());
        }
        final FloatBuffer values = FloatOutput.floats(tensor);
        final float[] scores = new float[classes];
        for (int i = 0; i < classes; i++) {
            scores[i] = values.get(index * classes + i);
            if (Float.isNaN(scores[i])) {
                throw output.notANumber("a score");
            }
        }
        activation.apply(scores);
        return Classification.of(best(scores));
    }

    private List<ClassScore> best(final float[] scores) throws StageException {
        final List<ClassScore> best = new ArrayList<>(Math.min(top, scores.length));
        final boolean[] taken = new boolean[scores.length];
        for (int place = 0; place < Math.min(top, scores.length); place++) {
            int next = -1;
            for (int i = 0; i < scores.length; i++) {
                if (!taken[i] && (next < 0 || scores[i] > scores[next])) {
                    next = i;
                }
            }
            taken[next] = true;
            if (!(scores[next] >= 0 && scores[next] <= 1.001f)) {
                throw output.noProbability(scores[next], "use classification/softmax, or activation sigmoid");
            }
            best.add(new ClassScore(next, labels.name(next), Math.min(1, scores[next])));
        }
        return best;
    }

    /** What turns the model's numbers into scores from 0 to 1. */
    private enum Activation {

        NONE {
            @Override
            void apply(final float[] values) {
                // They are scores already.
            }
        },

        SIGMOID {
            @Override
            void apply(final float[] values) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (1 / (1 + Math.exp(-values[i])));
                }
            }
        },

        /** Shifted by the largest value, so that nothing overflows. */
        SOFTMAX {
            @Override
            void apply(final float[] values) {
                float largest = Float.NEGATIVE_INFINITY;
                for (final float value : values) {
                    largest = Math.max(largest, value);
                }
                double sum = 0;
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) Math.exp(values[i] - largest);
                    sum += values[i];
                }
                for (int i = 0; i < values.length; i++) {
                    values[i] /= (float) sum;
                }
            }
        };

        abstract void apply(float[] values);

        static Activation of(final StageSettings settings) throws InvalidModelException {
            final String text = settings.text("activation", "none");
            switch (text) {
                case "none":
                    return NONE;
                case "sigmoid":
                    return SIGMOID;
                default:
                    throw settings.problem("activation", "must be none or sigmoid, not " + text);
            }
        }
    }
}
