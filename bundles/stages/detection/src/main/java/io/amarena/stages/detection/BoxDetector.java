/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.detection;

import io.amarena.api.model.InvalidModelException;
import io.amarena.api.model.StageSettings;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.StageContext;
import io.amarena.api.stage.StageException;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.Tensors;
import io.amarena.lib.stage.FloatOutput;
import java.nio.FloatBuffer;

/** Reads two tensors: scores [N, boxes, classes] from 0 to 1, and boxes [N, boxes, 4]. */
final class BoxDetector extends Detector {

    private final FloatOutput scores;
    private final FloatOutput boxes;
    private final BoxFormat format;
    private final boolean fractions;
    private final int background;

    BoxDetector(final StageContext context) throws InvalidModelException {
        super(context);
        final StageSettings settings = context.settings();
        settings.allowOnly("scores", "boxes", "format", "units", "background", "labels", "score", "iou", "max");
        scores = FloatOutput.of(context, "scores", "[N, boxes, classes]", Shape.of(Shape.FREE, Shape.FREE, Shape.FREE));
        boxes = FloatOutput.of(context, "boxes", "[N, boxes, 4]", Shape.of(Shape.FREE, Shape.FREE, 4));
        labels().requireClasses(scores.declared(2), scores.spec());
        format = BoxFormat.of(settings);
        final String units = settings.text("units", "fraction");
        if (!units.equals("fraction") && !units.equals("input")) {
            throw settings.problem("units", "must be fraction or input, not " + units);
        }
        fractions = units.equals("fraction");
        background = settings.has("background")
                ? (int) settings.number("background", 0, 0, labels().count() - 1.0) : -1;
    }

    @Override
    void collect(final Tensors outputs, final int index, final Geometry geometry, final NonMaximumSuppression into)
            throws StageException {
        final Tensor scoreTensor = scores.in(outputs, index);
        final Tensor boxTensor = boxes.in(outputs, index);
        final int count = (int) scoreTensor.shape().dimension(1);
        final int classes = (int) scoreTensor.shape().dimension(2);
        requireClasses(classes, scores.spec().name());
        if (boxTensor.shape().dimension(1) != count) {
            throw new StageException("Output " + scores.spec().name() + " has " + count + " boxes, output "
                    + boxes.spec().name() + " has " + boxTensor.shape().dimension(1) + "; they belong together");
        }
        final FloatBuffer scoreValues = FloatOutput.floats(scoreTensor);
        final FloatBuffer boxValues = FloatOutput.floats(boxTensor);
        final double unitX = fractions ? geometry.inputWidth() : 1;
        final double unitY = fractions ? geometry.inputHeight() : 1;
        for (int box = 0; box < count; box++) {
            final int at = (index * count + box) * classes;
            for (int classIndex = 0; classIndex < classes; classIndex++) {
                final float score = scoreValues.get(at + classIndex);
                if (score != score) {
                    throw scores.notANumber("a score");
                }
                if (score >= floor() && classIndex != background) {
                    add(classIndex, score, boxValues, (index * count + box) * 4, unitX, unitY, geometry, into);
                }
            }
        }
    }

    private void add(final int classIndex, final float score, final FloatBuffer values, final int at,
            final double unitX, final double unitY, final Geometry geometry, final NonMaximumSuppression into)
            throws StageException {
        if (score > 1) {
            throw scores.noProbability(score, "export the model with its softmax or sigmoid");
        }
        final double a = values.get(at) * unitX;
        final double b = values.get(at + 1) * unitY;
        final double c = values.get(at + 2) * unitX;
        final double d = values.get(at + 3) * unitY;
        if (Double.isNaN(a + b + c + d)) {
            throw boxes.notANumber("a box");
        }
        into.add(classIndex, score, format.left(a, c), format.left(b, d), format.right(a, c), format.right(b, d),
                geometry);
    }
}
