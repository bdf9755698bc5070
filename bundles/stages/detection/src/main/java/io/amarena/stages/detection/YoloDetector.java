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
 * Reads the YOLO family; boxes are centre and size in input pixels.
 *
 * <p>{@code v5}: [N, boxes, 5 + C] with objectness and class scores from 0 to 1. {@code v8} (also 11): [N, 4 + C, boxes]
 * with class scores alone. {@code x} (YOLOX): like v5, but boxes are relative to the cells of the grids with strides 8,
 * 16 and 32, sizes as logarithms.
 */
final class YoloDetector extends Detector {

    /** How the numbers are laid out. */
    private enum Layout {
        V5, V8, X
    }

    private static final int[] STRIDES = {8, 16, 32};

    private final FloatOutput output;
    private final Layout layout;

    YoloDetector(final StageContext context) throws InvalidModelException {
        super(context);
        context.settings().allowOnly("tensor", "layout", "labels", "score", "iou", "max");
        final String text = context.settings().text("layout");
        switch (text) {
            case "v5":
                layout = Layout.V5;
                break;
            case "v8":
                layout = Layout.V8;
                break;
            case "x":
                layout = Layout.X;
                break;
            default:
                throw context.settings().problem("layout", "must be v5, v8 (also for 11) or x, not " + text);
        }
        final boolean v8 = layout == Layout.V8;
        output = FloatOutput.of(context, "tensor", v8 ? "[N, 4 + classes, boxes]" : "[N, boxes, 5 + classes]",
                Shape.of(Shape.FREE, Shape.FREE, Shape.FREE));
        final long declared = output.declared(v8 ? 1 : 2);
        labels().requireClasses(declared < 0 ? declared : declared - (v8 ? 4 : 5), output.spec());
    }

    @Override
    void collect(final Tensors outputs, final int index, final Geometry geometry, final NonMaximumSuppression into)
            throws StageException {
        final Tensor tensor = output.in(outputs, index);
        final int first = (int) tensor.shape().dimension(1);
        final int second = (int) tensor.shape().dimension(2);
        final FloatBuffer values = FloatOutput.floats(tensor);
        final int begin = index * first * second;
        if (layout == Layout.V8) {
            requireClasses(first - 4, output.spec().name());
            collectWithoutObjectness(values, begin, second, geometry, into);
        } else {
            requireClasses(second - 5, output.spec().name());
            collectWithObjectness(values, begin, first, second, geometry, into);
        }
    }

    private void collectWithoutObjectness(final FloatBuffer values, final int begin, final int count,
            final Geometry geometry, final NonMaximumSuppression into) throws StageException {
        final int classes = labels().count();
        for (int box = 0; box < count; box++) {
            final int at = begin + box;
            int best = 0;
            float score = values.get(at + 4 * count);
            for (int i = 1; i < classes; i++) {
                final float other = values.get(at + (4 + i) * count);
                if (other > score || other != other) {
                    best = i;
                    score = other;
                }
            }
            checkScore(score);
            if (score >= floor()) {
                add(best, score, values.get(at), values.get(at + count), values.get(at + 2 * count),
                        values.get(at + 3 * count), geometry, into);
            }
        }
    }

    private void collectWithObjectness(final FloatBuffer values, final int begin, final int count, final int width,
            final Geometry geometry, final NonMaximumSuppression into) throws StageException {
        final Cells cells = layout == Layout.X ? new Cells(geometry, count) : null;
        for (int box = 0; box < count; box++) {
            final int at = begin + box * width;
            final float objectness = values.get(at + 4);
            checkScore(objectness);
            if (objectness < floor()) {
                continue;
            }
            int best = 5;
            for (int i = 6; i < width; i++) {
                if (values.get(at + i) > values.get(at + best)) {
                    best = i;
                }
            }
            final float score = objectness * values.get(at + best);
            checkScore(score);
            if (score < floor()) {
                continue;
            }
            if (cells == null) {
                add(best - 5, score, values.get(at), values.get(at + 1), values.get(at + 2), values.get(at + 3), geometry,
                        into);
            } else {
                final int stride = cells.locate(box);
                add(best - 5, score, (values.get(at) + cells.column) * stride, (values.get(at + 1) + cells.row) * stride,
                        Math.exp(values.get(at + 2)) * stride, Math.exp(values.get(at + 3)) * stride, geometry, into);
            }
        }
    }

    private void add(final int classIndex, final double score, final double x, final double y, final double width,
            final double height, final Geometry geometry, final NonMaximumSuppression into) throws StageException {
        if (Double.isNaN(x + y + width + height)) {
            throw output.notANumber("a box");
        }
        into.add(classIndex, score, x - width / 2, y - height / 2, x + width / 2, y + height / 2, geometry);
    }

    private void checkScore(final float score) throws StageException {
        if (score != score) {
            throw output.notANumber("a score");
        }
        if (score > 1.001f) {
            throw output.noProbability(score, "export the model with its sigmoid, or choose another layout");
        }
    }

    /** Finds the grid cell of a box among the grids of the three strides, one after the other. */
    private static final class Cells {

        private final Geometry geometry;
        private int column;
        private int row;

        Cells(final Geometry geometry, final int count) throws StageException {
            this.geometry = geometry;
            int expected = 0;
            for (final int stride : STRIDES) {
                expected += columns(stride) * rows(stride);
            }
            if (expected != count) {
                throw new StageException("The output has " + count + " boxes; an input of " + geometry.inputWidth() + "x"
                        + geometry.inputHeight() + " pixels with strides 8, 16 and 32 has " + expected);
            }
        }

        /** Sets column and row; returns the stride. */
        int locate(final int box) {
            int left = box;
            for (final int stride : STRIDES) {
                final int cells = columns(stride) * rows(stride);
                if (left < cells) {
                    column = left % columns(stride);
                    row = left / columns(stride);
                    return stride;
                }
                left -= cells;
            }
            throw new IllegalStateException("Box " + box + " lies in no grid");
        }

        private int columns(final int stride) {
            return geometry.inputWidth() / stride;
        }

        private int rows(final int stride) {
            return geometry.inputHeight() / stride;
        }
    }
}
