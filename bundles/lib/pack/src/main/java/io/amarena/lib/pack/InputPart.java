/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import io.amarena.lib.onnx.OnnxType;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * The part {@code input} of a suggested descriptor: what the tensor tells, and how models of that kind usually want
 * their pictures. Made for one suggestion.
 */
final class InputPart {

    private static final int USUAL_DETECTOR_SIDE = 640;
    private static final int USUAL_CLASSIFIER_SIDE = 224;
    private static final int WHITE = 255;

    private final ImageTensor tensor;
    private final AnswerForm.Kind kind;
    private final ExporterNotes notes;
    private final List<Remark> remarks;

    /**
     * A part.
     *
     * @param remarks takes what is guessed
     */
    InputPart(final ImageTensor tensor, final AnswerForm.Kind kind, final ExporterNotes notes,
            final List<Remark> remarks) {
        this.tensor = tensor;
        this.kind = kind;
        this.notes = notes;
        this.remarks = remarks;
    }

    JsonObject json() {
        final JsonObjectBuilder input = Json.createObjectBuilder().add("use", stage()).add("tensor", tensor.name())
                .add("sizes", Json.createArrayBuilder().add(size()));
        if (tensor.channelsLast()) {
            input.add("layout", "NHWC");
        }
        input.add("colour", colour());
        if (tensor.type() != OnnxType.UINT8) {
            normalisation(input);
        }
        if (kind == AnswerForm.Kind.YOLO_X) {
            input.add("align", "top-left");
            guessed("align", "YOLOX pads to the right and below");
        }
        return input.build();
    }

    private String stage() {
        final String stage = switch (kind) {
            case BOXES -> "image/stretch";
            case SOFTMAX, SCORES -> "image/crop";
            default -> "image/letterbox";
        };
        if (!knownExport()) {
            guessed("use", switch (kind) {
                case BOXES -> "models with boxes as shares of the picture usually take it stretched";
                case SOFTMAX, SCORES -> "classifiers usually see the middle of the picture";
                default -> "detectors usually see the whole picture in its proportions";
            });
        }
        return stage;
    }

    private JsonArray size() {
        long width = tensor.width();
        long height = tensor.height();
        if (!tensor.sized() && notes.sized()) {
            width = notes.width();
            height = notes.height();
        } else if (!tensor.sized()) {
            final int side = kind == AnswerForm.Kind.SOFTMAX || kind == AnswerForm.Kind.SCORES ? USUAL_CLASSIFIER_SIDE
                    : USUAL_DETECTOR_SIDE;
            width = width > 0 ? width : side;
            height = height > 0 ? height : side;
            guessed("sizes", "the input leaves its size open; take the one that the model was trained with");
        }
        return Json.createArrayBuilder().add(width).add(height).build();
    }

    private String colour() {
        if (tensor.channels() == 1) {
            return "GRAY";
        }
        if (kind == AnswerForm.Kind.YOLO_X) {
            guessed("colour", "YOLOX is trained on BGR");
            return "BGR";
        }
        if (!knownExport()) {
            guessed("colour", "RGB is usual; models trained with OpenCV may want BGR");
        }
        return "RGB";
    }

    private void normalisation(final JsonObjectBuilder input) {
        switch (kind) {
            case YOLO_X -> guessed("std", "YOLOX takes samples from 0 to 255 as they are, so there is neither mean"
                    + " nor std");
            case BOXES -> {
                input.add("mean", 127).add("std", 128);
                guessed("mean", "(sample - 127) / 128 is usual for small detectors; ask the one who trained the model");
                guessed("std", "see mean");
            }
            case SOFTMAX, SCORES -> {
                if (notes.ultralytics() || tensor.channels() == 1) {
                    scaled(input);
                } else {
                    input.add("mean", numbers(123.675, 116.28, 103.53)).add("std", numbers(58.395, 57.12, 57.375));
                    guessed("mean", "that of ImageNet, as classifiers are usually trained with");
                    guessed("std", "see mean");
                }
            }
            default -> scaled(input);
        }
    }

    private void scaled(final JsonObjectBuilder input) {
        input.add("std", WHITE);
        if (!knownExport()) {
            guessed("std", "samples from 0 to 1 are usual; leave it out if the model divides by itself");
        }
    }

    /** Ultralytics prepares pictures in one way alone. */
    private boolean knownExport() {
        return notes.ultralytics() && kind != AnswerForm.Kind.UNKNOWN && kind != AnswerForm.Kind.YOLO_X;
    }

    private static JsonArray numbers(final double... values) {
        final var array = Json.createArrayBuilder();
        for (final double value : values) {
            array.add(value);
        }
        return array.build();
    }

    private void guessed(final String key, final String text) {
        remarks.add(Remark.guessed("/input/" + key, text));
    }
}
