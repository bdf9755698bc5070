/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import io.amarena.api.result.Anomaly;
import io.amarena.api.result.Classification;
import io.amarena.api.result.Detection;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Measurement;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Segmentation;
import io.amarena.api.result.Text;
import io.amarena.api.result.Values;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads each contract into its type of outcome. */
final class OutcomeReader {

    private static final int NO_CLASS = -1;

    private OutcomeReader() {
    }

    static Outcome read(final JsonObject json) {
        final JsonFields fields = JsonFields.of(json);
        final String contract = fields.text("contract");
        return switch (contract) {
            case Detections.CONTRACT -> detections(fields);
            case Classification.CONTRACT -> classification(fields);
            case Segmentation.CONTRACT -> segmentation(fields);
            case Anomaly.CONTRACT -> new Anomaly(fields.number("score"), fields.number("threshold"));
            case Measurement.CONTRACT ->
                new Measurement(fields.text("name"), fields.number("value"), fields.text("unit"));
            case Text.CONTRACT -> new Text(fields.text("text"), fields.number("score"));
            default -> new Values(contract, ValuesJson.read(fields.object("values")));
        };
    }

    private static Detections detections(final JsonFields fields) {
        final List<Detection> objects = new ArrayList<>();
        for (final JsonFields object : fields.objects("detections")) {
            final String label = object.text("label");
            final int index = object.whole("class", NO_CLASS);
            final float score = (float) object.number("score");
            final double[] box = object.numbers("box", 4, "[x, y, width, height] in pixels");
            objects.add(Detection.of(index, label, score, (float) box[0], (float) box[1], (float) box[2],
                    (float) box[3]));
        }
        return Detections.of(objects);
    }

    private static Classification classification(final JsonFields fields) {
        final List<Classification.ClassScore> classes = new ArrayList<>();
        for (final JsonFields one : fields.objects("classes")) {
            final String label = one.text("label");
            final int index = one.whole("class", NO_CLASS);
            classes.add(new Classification.ClassScore(index, label, (float) one.number("score")));
        }
        if (classes.isEmpty()) {
            throw fields.wrong("classes", "at least one class", "an empty list");
        }
        return Classification.of(classes);
    }

    private static Segmentation segmentation(final JsonFields fields) {
        final int width = fields.positive("width");
        final int height = fields.positive("height");
        final String text = fields.text("classes");
        final byte[] cells;
        try {
            cells = Base64.getDecoder().decode(text);
        } catch (final IllegalArgumentException notBase64) {
            throw fields.wrong("classes", "Base64 of one byte per cell", "text that is not Base64");
        }
        if ((long) width * height != cells.length) {
            throw fields.wrong("classes", "Base64 of " + width + " x " + height + " bytes", cells.length + " bytes");
        }
        return Segmentation.of(width, height, cells, fields.texts("labels"));
    }
}
