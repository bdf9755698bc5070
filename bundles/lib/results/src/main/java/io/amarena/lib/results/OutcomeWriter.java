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
import jakarta.json.stream.JsonGenerator;
import java.util.Base64;
import java.util.List;

/** Writes each type of outcome in the form of its contract. */
final class OutcomeWriter {

    private static final int SCORE_DECIMALS = 4;
    private static final int PIXEL_DECIMALS = 1;

    private OutcomeWriter() {
    }

    static void write(final JsonGenerator json, final Outcome outcome) {
        json.writeStartObject();
        json.write("contract", outcome.contract());
        if (outcome instanceof Detections detections) {
            writeDetections(json, detections);
        } else if (outcome instanceof Classification classification) {
            writeClassification(json, classification);
        } else if (outcome instanceof Segmentation segmentation) {
            writeSegmentation(json, segmentation);
        } else if (outcome instanceof Anomaly anomaly) {
            writeNumber(json, "score", anomaly.score());
            writeNumber(json, "threshold", anomaly.threshold());
            json.write("anomalous", anomaly.anomalous());
        } else if (outcome instanceof Measurement measurement) {
            json.write("name", measurement.name());
            writeNumber(json, "value", measurement.value());
            json.write("unit", measurement.unit());
        } else if (outcome instanceof Text text) {
            json.write("text", text.text());
            writeScore(json, text.score());
        } else if (outcome instanceof Values values) {
            json.writeKey("values");
            ValuesJson.write(json, values.values());
        } else {
            json.writeStartObject("values").write("text", String.valueOf(outcome)).writeEnd();
        }
        json.writeEnd();
    }

    private static void writeDetections(final JsonGenerator json, final Detections detections) {
        json.writeStartArray("detections");
        final List<Detection> objects = detections.objects();
        for (int i = 0; i < objects.size(); i++) {
            final Detection object = objects.get(i);
            json.writeStartObject();
            writeClass(json, object.label(), object.classIndex(), object.score());
            json.writeStartArray("box");
            RoundedNumber.write(json, object.x(), PIXEL_DECIMALS);
            RoundedNumber.write(json, object.y(), PIXEL_DECIMALS);
            RoundedNumber.write(json, object.width(), PIXEL_DECIMALS);
            RoundedNumber.write(json, object.height(), PIXEL_DECIMALS);
            json.writeEnd();
            json.writeEnd();
        }
        json.writeEnd();
    }

    private static void writeClassification(final JsonGenerator json, final Classification classification) {
        json.writeStartArray("classes");
        for (final Classification.ClassScore one : classification.classes()) {
            json.writeStartObject();
            writeClass(json, one.label(), one.classIndex(), one.score());
            json.writeEnd();
        }
        json.writeEnd();
    }

    private static void writeClass(final JsonGenerator json, final String label, final int index, final float score) {
        json.write("label", label);
        if (index >= 0) {
            json.write("class", index);
        }
        writeScore(json, score);
    }

    private static void writeSegmentation(final JsonGenerator json, final Segmentation mask) {
        json.write("width", mask.width());
        json.write("height", mask.height());
        json.writeStartArray("labels");
        mask.labels().forEach(json::write);
        json.writeEnd();
        final byte[] cells = new byte[mask.width() * mask.height()];
        for (int row = 0, cell = 0; row < mask.height(); row++) {
            for (int column = 0; column < mask.width(); column++) {
                cells[cell++] = (byte) mask.classAt(column, row);
            }
        }
        json.write("classes", Base64.getEncoder().encodeToString(cells));
    }

    private static void writeScore(final JsonGenerator json, final double score) {
        json.writeKey("score");
        RoundedNumber.write(json, score, SCORE_DECIMALS);
    }

    private static void writeNumber(final JsonGenerator json, final String key, final double value) {
        json.writeKey(key);
        RoundedNumber.writeExact(json, value);
    }
}
