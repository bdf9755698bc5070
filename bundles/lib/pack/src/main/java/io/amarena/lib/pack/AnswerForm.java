/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import io.amarena.lib.onnx.OnnxDimension;
import io.amarena.lib.onnx.OnnxType;
import io.amarena.lib.onnx.OnnxValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the outputs of a model look like, judged by their number, their shapes and what the exporter noted. A pure
 * function of these.
 *
 * @param kind    the stage and layout that fits
 * @param tensor  the output with the scores; empty for {@link Kind#UNKNOWN}
 * @param boxes   the output with the boxes, where that is another one; else empty
 * @param classes how many, −1 where it is not known
 * @param reason  what speaks for it, or why nothing does
 */
record AnswerForm(Kind kind, String tensor, String boxes, long classes, String reason) {

    /** The layouts that the shipped stages read. */
    enum Kind {
        YOLO_V5, YOLO_V8, YOLO_X, BOXES, GRID, SOFTMAX, SCORES, UNKNOWN
    }

    private static final long FREE = OnnxDimension.FREE;
    private static final int BOX = 4;
    private static final int BOX_AND_OBJECTNESS = 5;
    private static final int BOX_SCORE_CLASS = 6;
    private static final int MOST_FINAL_BOXES = 1000;
    private static final int[] STRIDES = {8, 16, 32, 64};
    private static final int ANCHORS = 3;

    /**
     * Judges.
     *
     * @param width    of the input in pixels, or −1
     * @param height   of the input in pixels, or −1
     * @param softmaxes how many operators Softmax the model has
     */
    static AnswerForm of(final List<OnnxValue> outputs, final ExporterNotes notes, final long width, final long height,
            final long softmaxes) {
        final List<OnnxValue> tensors = outputs.stream().filter(output -> output.kind() == OnnxValue.Kind.TENSOR
                && Set.of(OnnxType.FLOAT, OnnxType.FLOAT16).contains(output.type())).toList();
        final String task = notes.task();
        if (!task.isEmpty() && !task.equals("detect") && !task.equals("classify")) {
            return unknown("the exporter names the task " + task + ", for which no stage is shipped", outputs);
        }
        if (tensors.size() == 1) {
            return one(tensors.get(0), notes, cells(width, height, 3), cells(width, height, 4), softmaxes);
        }
        return pair(tensors).orElseGet(() -> unknown("no shipped stage reads such outputs", outputs));
    }

    private static AnswerForm one(final OnnxValue output, final ExporterNotes notes, final long cells,
            final long moreCells, final long softmaxes) {
        final long[] shape = output.shape().stream().mapToLong(OnnxDimension::size).toArray();
        final boolean flat = shape.length == 2 || shape.length == 4 && shape[2] == 1 && shape[3] == 1;
        if (flat && shape[1] != 1) {
            return classifier(output, shape[1], notes, softmaxes);
        }
        if (shape.length == 3) {
            return yolo(output, shape[1], shape[2], notes.names().size(), cells, moreCells);
        }
        if (shape.length == 4 && output.name().equals("grid") && shape[1] > BOX_AND_OBJECTNESS) {
            return new AnswerForm(Kind.GRID, output.name(), "", shape[1] - BOX_AND_OBJECTNESS,
                    "the output is named grid");
        }
        return unknown("no shipped stage reads such an output", List.of(output));
    }

    private static AnswerForm classifier(final OnnxValue output, final long classes, final ExporterNotes notes,
            final long softmaxes) {
        if (notes.task().equals("classify")) {
            return new AnswerForm(Kind.SCORES, output.name(), "", classes, "Ultralytics exports classifiers with their"
                    + " softmax");
        }
        if (softmaxes == 1) {
            return new AnswerForm(Kind.SCORES, output.name(), "", classes, "the model has one operator Softmax, likely"
                    + " its last; if the scores are raw numbers, use classification/softmax");
        }
        return new AnswerForm(Kind.SOFTMAX, output.name(), "", classes, (softmaxes == 0 ? "the model has no operator"
                + " Softmax" : "the model has several operators Softmax, likely within") + "; if its last one makes"
                + " scores from 0 to 1, use classification/scores");
    }

    /** One tensor [N, first, second] of a detector. */
    private static AnswerForm yolo(final OnnxValue output, final long first, final long second, final long names,
            final long cells, final long moreCells) {
        if (second == BOX_SCORE_CLASS && first > 0 && first <= MOST_FINAL_BOXES && first != cells
                && first != ANCHORS * cells) {
            return unknown("these look like boxes after suppression; export without it (Ultralytics: nms=False)",
                    List.of(output));
        }
        if (names > 0) {
            return named(output, first, second, names, cells);
        }
        final boolean single = cells > 0 && (second == cells || second == moreCells);
        final boolean triple = cells > 0 && (first == ANCHORS * cells || first == ANCHORS * moreCells);
        if (single && first > BOX) {
            return v8(output, first - BOX, "one box for each cell of the strides 8, 16 and 32, without objectness");
        }
        if (triple && second > BOX_AND_OBJECTNESS) {
            return v5(output, second - BOX_AND_OBJECTNESS, "three boxes for each cell of the strides 8, 16 and 32");
        }
        if (cells > 0 && first == cells && second > BOX_AND_OBJECTNESS) {
            return x(output, second - BOX_AND_OBJECTNESS);
        }
        if (cells < 0 && first > BOX && (second == FREE || second > first)) {
            return v8(output, first - BOX, "few rows of many numbers; the input's size is open, so this"
                    + " is a weak guess");
        }
        if (cells < 0 && second > BOX_AND_OBJECTNESS && (first == FREE || first > second)) {
            return v5(output, second - BOX_AND_OBJECTNESS, "many rows of few numbers; the input's size is open, so this"
                    + " is a weak guess");
        }
        return unknown("the number of boxes fits to no layout that is read at this input size", List.of(output));
    }

    /** The number of class names tells where the classes are. */
    private static AnswerForm named(final OnnxValue output, final long first, final long second, final long names,
            final long cells) {
        if (first == names + BOX) {
            return v8(output, names, "4 rows and one for each of the " + names + " named classes");
        }
        if (second == names + BOX_AND_OBJECTNESS && first > 0 && first == cells) {
            return x(output, names);
        }
        if (second == names + BOX_AND_OBJECTNESS) {
            return v5(output, names, "5 columns and one for each of the " + names + " named classes");
        }
        return unknown("the " + names + " named classes fit to no layout that is read", List.of(output));
    }

    private static AnswerForm v8(final OnnxValue output, final long classes, final String reason) {
        return new AnswerForm(Kind.YOLO_V8, output.name(), "", classes, reason);
    }

    private static AnswerForm v5(final OnnxValue output, final long classes, final String reason) {
        return new AnswerForm(Kind.YOLO_V5, output.name(), "", classes, reason);
    }

    private static AnswerForm x(final OnnxValue output, final long classes) {
        return new AnswerForm(Kind.YOLO_X, output.name(), "", classes, "one box with objectness for each cell of the"
                + " strides 8, 16 and 32, as YOLOX has without decoding; if boxes come out wrong, it was exported with"
                + " decoded boxes: then use layout v5");
    }

    /** Scores [N, boxes, classes] and boxes [N, boxes, 4] that belong together. */
    private static Optional<AnswerForm> pair(final List<OnnxValue> tensors) {
        for (final OnnxValue boxes : tensors) {
            for (final OnnxValue scores : tensors) {
                if (boxes != scores && boxes.shape().size() == 3 && scores.shape().size() == 3
                        && boxes.shape().get(2).size() == BOX && !nameTells(scores, "box", "loc")
                        && boxes.shape().get(1).size() == scores.shape().get(1).size()
                        && (scores.shape().get(2).size() != BOX || nameTells(boxes, "box", "loc"))) {
                    return Optional.of(new AnswerForm(Kind.BOXES, scores.name(), boxes.name(),
                            scores.shape().get(2).size(), "two outputs for the same boxes, one of them with four"
                            + " numbers each"));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean nameTells(final OnnxValue output, final String... words) {
        final String name = output.name().toLowerCase(Locale.ROOT);
        return List.of(words).stream().anyMatch(name::contains);
    }

    /** Cells of the grids with the first strides; −1 when the size is open. */
    private static long cells(final long width, final long height, final int strides) {
        if (width <= 0 || height <= 0) {
            return FREE;
        }
        long cells = 0;
        for (int i = 0; i < strides; i++) {
            cells += (width / STRIDES[i]) * (height / STRIDES[i]);
        }
        return cells;
    }

    private static AnswerForm unknown(final String reason, final List<OnnxValue> outputs) {
        final List<String> texts = outputs.stream().map(OnnxValue::toString).toList();
        return new AnswerForm(Kind.UNKNOWN, "", "", FREE, reason + " (outputs: " + String.join(", ", texts) + ')');
    }
}
