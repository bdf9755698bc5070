/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import io.amarena.lib.onnx.OnnxSummary;
import io.amarena.lib.onnx.OnnxType;
import io.amarena.lib.onnx.OnnxValue;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A descriptor as far as an ONNX file tells it. What is guessed or not known is remarked, in the descriptor as well
 * (key {@value #REMARKS}); a value that nothing tells is {@value #NOT_KNOWN}, which no reader of descriptors accepts.
 * Immutable.
 */
public final class Suggestion {

    /** Key of the remarks in the descriptor: an object from JSON pointers to texts. */
    public static final String REMARKS = "x-check";

    /** Name of the file of labels in the pack. */
    public static final String LABELS = "labels.txt";

    private static final String NOT_KNOWN = "?";
    private static final int LONGEST_NAME = 64;
    private static final int USUAL_BATCH = 8;
    private static final int MOST_BATCH = 64;

    private final OnnxSummary summary;
    private final ExporterNotes notes;
    private final AnswerForm answer;
    private final List<Remark> remarks = new ArrayList<>();
    private final JsonObject descriptor;

    private Suggestion(final String fileName, final OnnxSummary summary) {
        this.summary = summary;
        this.notes = ExporterNotes.of(summary.metadata());
        final ImageTensor image = ImageTensor.among(summary.inputs()).orElse(null);
        final boolean sized = image != null && image.sized();
        final Map<String, Long> operators = summary.operators().byDomain().getOrDefault("ai.onnx", Map.of());
        this.answer = AnswerForm.of(summary.outputs(), notes, sized ? image.width() : notes.width(),
                sized ? image.height() : notes.height(), operators.getOrDefault("Softmax", 0L));
        this.descriptor = descriptor(name(fileName), image);
    }

    /**
     * Proposes.
     *
     * @param fileName of the ONNX file, from which the model's name is taken
     */
    public static Suggestion of(final String fileName, final OnnxSummary summary) {
        return new Suggestion(fileName, summary);
    }

    /** The descriptor as JSON text. */
    public String json() {
        return JsonLayout.text(descriptor);
    }

    /** What is guessed or not known, in the order of the keys. */
    public List<Remark> remarks() {
        return List.copyOf(remarks);
    }

    /** Names of the classes that the exporter wrote into the file; empty when it did not. */
    public List<String> labels() {
        return notes.names();
    }

    private JsonObject descriptor(final String name, final ImageTensor image) {
        final JsonObjectBuilder root = Json.createObjectBuilder().add("amarena", "model/1.0").add("name", name)
                .add("version", "1.0.0");
        guessed("/name", "from the name of the file");
        guessed("/version", "the first one; the file does not tell it");
        root.add("contract", contract()).add("file", "model.onnx").add("precision", WeightPrecision.of(summary));
        root.add("input", image == null ? noImage() : new InputPart(image, answer.kind(), notes, remarks).json());
        root.add("output", output());
        if (image != null && image.batch() != 1) {
            final long most = image.batch() < 0 ? USUAL_BATCH : Math.min(MOST_BATCH, image.batch());
            root.add("batch", Json.createObjectBuilder().add("max", most));
            if (image.batch() < 0) {
                guessed("/batch/max", "the model takes any number; what is fastest is measured, up to this one");
            }
        }
        root.add("provenance", provenance());
        final JsonObjectBuilder check = Json.createObjectBuilder();
        remarks.forEach(remark -> check.add(remark.pointer(),
                (remark.kind() == Remark.Kind.GUESSED ? "guessed: " : "not known: ") + remark.text()));
        return root.add(REMARKS, check).build();
    }

    /** Lower-case letters, digits and hyphens. */
    private static String name(final String fileName) {
        final String stem = fileName.toLowerCase(Locale.ROOT).replaceAll("\\.onnx$", "").replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        return stem.isEmpty() ? "model" : stem.substring(0, Math.min(LONGEST_NAME, stem.length()));
    }

    private String contract() {
        return switch (answer.kind()) {
            case SOFTMAX, SCORES -> "classification/1";
            case UNKNOWN -> {
                unknown("/contract", "follows from the output stage, such as detection/1 or classification/1");
                yield NOT_KNOWN;
            }
            default -> "detection/1";
        };
    }

    private JsonObject noImage() {
        unknown("/input/use", "no input looks like one for pictures, [N, 3, height, width] or [N, height, width, 3]"
                + " (inputs: " + String.join(", ", summary.inputs().stream().map(OnnxValue::toString).toList()) + ')');
        return Json.createObjectBuilder().add("use", NOT_KNOWN).build();
    }

    private JsonObject output() {
        final JsonObjectBuilder output = Json.createObjectBuilder();
        switch (answer.kind()) {
            case YOLO_V5 -> yolo(output, "v5");
            case YOLO_V8 -> yolo(output, "v8");
            case YOLO_X -> yolo(output, "x");
            case GRID -> use(output, "detection/grid").add("tensor", answer.tensor());
            case BOXES -> boxes(output);
            case SOFTMAX -> use(output, "classification/softmax").add("tensor", answer.tensor());
            case SCORES -> use(output, "classification/scores").add("tensor", answer.tensor());
            default -> {
                unknown("/output/use", answer.reason());
                return output.add("use", NOT_KNOWN).build();
            }
        }
        floatOnly();
        labels(output);
        if (answer.kind() != AnswerForm.Kind.SOFTMAX && answer.kind() != AnswerForm.Kind.SCORES) {
            output.add("score", 0.5).add("iou", 0.45);
            guessed("/output/score", "the stage's default; choose the threshold that fits to your job");
        }
        return output.build();
    }

    private JsonObjectBuilder use(final JsonObjectBuilder output, final String stage) {
        if (!notes.ultralytics()) {
            guessed("/output/use", answer.reason());
        }
        return output.add("use", stage);
    }

    private void yolo(final JsonObjectBuilder output, final String layout) {
        output.add("use", "detection/yolo").add("tensor", answer.tensor()).add("layout", layout);
        if (!notes.ultralytics() || answer.kind() == AnswerForm.Kind.YOLO_X) {
            guessed("/output/layout", answer.reason());
        }
    }

    private void boxes(final JsonObjectBuilder output) {
        use(output, "detection/boxes").add("scores", answer.tensor()).add("boxes", answer.boxes())
                .add("format", "xyxy").add("units", "fraction");
        guessed("/output/format", "corners are usual; xywh and cxcywh are the others");
        guessed("/output/units", "shares of the picture are usual; if the numbers are pixels, use input");
        if (answer.classes() == 2) {
            output.add("background", 0);
            guessed("/output/background", "of two classes, the first one is usually what is no object");
        } else if (answer.classes() != 1) {
            unknown("/output/background", "if a class stands for no object, add its index, such as 0");
        }
    }

    private void floatOnly() {
        for (final OnnxValue value : summary.outputs()) {
            if (value.type() == OnnxType.FLOAT16 && (value.name().equals(answer.tensor())
                    || value.name().equals(answer.boxes()))) {
                unknown("/output", "output " + value + " cannot be read: stages read FLOAT alone; export the model with"
                        + " float32 outputs");
            }
        }
    }

    private void labels(final JsonObjectBuilder output) {
        output.add("labels", LABELS);
        final long classes = answer.classes();
        if (notes.names().isEmpty()) {
            unknown("/output/labels", "the file does not name its " + (classes > 0 ? classes + " classes" : "classes")
                    + ": write " + LABELS + " with one name per line, in the order of the model");
        } else if (classes > 0 && classes != notes.names().size()) {
            unknown("/output/labels", "the file names " + notes.names().size() + " classes, but the output has "
                    + classes + ": write " + LABELS + " yourself");
        }
    }

    private JsonObject provenance() {
        final JsonObjectBuilder provenance = Json.createObjectBuilder();
        notes.origin().forEach(provenance::add);
        if (!summary.producer().isEmpty()) {
            provenance.add("producer", summary.producer());
        }
        final JsonArrayBuilder opsets = Json.createArrayBuilder();
        summary.opsets().forEach((domain, version) -> opsets.add(domain + ' ' + version));
        return provenance.add("opsets", opsets).build();
    }

    private void guessed(final String pointer, final String text) {
        remarks.add(Remark.guessed(pointer, text));
    }

    private void unknown(final String pointer, final String text) {
        remarks.add(Remark.unknown(pointer, text));
    }
}
