/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.detection;

import io.amarena.api.model.InvalidModelException;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.StageContext;
import io.amarena.api.stage.StageException;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.Tensors;
import io.amarena.lib.stage.FloatOutput;
import java.nio.FloatBuffer;

/**
 * Reads a grid [N, 5 + C, rows, columns] of raw numbers: each cell answers for the object whose centre lies in it.
 * Channel 0 is the objectness (logit), then C class logits, then the centre within the cell (two logits) and the logarithm
 * of eight times the width and height, as shares of the input's sides.
 */
final class GridDetector extends Detector {

    private static final int WITHOUT_CLASSES = 5;
    private static final double LARGEST_LOG_SIZE = 10;

    private final FloatOutput output;
    private final double floorLogit;

    GridDetector(final StageContext context) throws InvalidModelException {
        super(context);
        context.settings().allowOnly("tensor", "labels", "score", "iou", "max");
        output = FloatOutput.of(context, "tensor", "[N, 5 + classes, rows, columns]",
                Shape.of(Shape.FREE, Shape.FREE, Shape.FREE, Shape.FREE));
        labels().requireClasses(output.declared(1) - WITHOUT_CLASSES, output.spec());
        floorLogit = logit(floor());
    }

    @Override
    void collect(final Tensors outputs, final int index, final Geometry geometry, final NonMaximumSuppression into)
            throws StageException {
        final Tensor tensor = output.in(outputs, index);
        final int channels = (int) tensor.shape().dimension(1);
        final int rows = (int) tensor.shape().dimension(2);
        final int columns = (int) tensor.shape().dimension(3);
        requireClasses(channels - WITHOUT_CLASSES, output.spec().name());
        final FloatBuffer values = FloatOutput.floats(tensor);
        final int cells = rows * columns;
        final int begin = index * channels * cells;
        for (int cell = 0; cell < cells; cell++) {
            final float objectness = values.get(begin + cell);
            if (objectness >= floorLogit) {
                add(values, begin + cell, cells, cell % columns, cell / columns, rows, columns, geometry, into);
            } else if (objectness != objectness) {
                throw output.notANumber("an objectness");
            }
        }
    }

    private void add(final FloatBuffer values, final int at, final int cells, final int column, final int row,
            final int rows, final int columns, final Geometry geometry, final NonMaximumSuppression into)
            throws StageException {
        final int classes = labels().count();
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (values.get(at + (1 + i) * cells) > values.get(at + (1 + best) * cells)) {
                best = i;
            }
        }
        final int box = at + (1 + classes) * cells;
        final double x = (column + sigmoid(values.get(box))) / columns * geometry.inputWidth();
        final double y = (row + sigmoid(values.get(box + cells))) / rows * geometry.inputHeight();
        final double width = size(values.get(box + 2 * cells)) * geometry.inputWidth();
        final double height = size(values.get(box + 3 * cells)) * geometry.inputHeight();
        if (Double.isNaN(x + y + width + height)) {
            throw output.notANumber("a box");
        }
        into.add(best, sigmoid(values.get(at)), x - width / 2, y - height / 2, x + width / 2, y + height / 2, geometry);
    }

    private static double size(final float logarithm) {
        return Math.exp(Math.min(LARGEST_LOG_SIZE, logarithm)) / 8;
    }
}
