/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import io.amarena.api.model.ModelId;
import io.amarena.api.result.Failure;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Result;
import io.amarena.api.result.Timings;
import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Results as JSON messages in UTF-8, as {@code schema/result.schema.json} describes.
 *
 * <p>Make one where a bundle starts and keep it: looking up the JSON provider is expensive, and the buffer of a
 * message is used again for the next one. Thread-safe; calls at the same time only cost an extra buffer.
 */
public final class ResultJson {

    /** Value of the key {@code schema} in every message. */
    public static final String SCHEMA = "amarena/result/1";

    private static final int MS_DECIMALS = 3;
    private static final double NANOS_PER_MS = 1e6;
    private static final int USUAL_BYTES = 4 * 1024;
    private static final int KEPT_BYTES = 1024 * 1024;

    private final JsonGeneratorFactory generators;
    private final AtomicReference<Utf8Buffer> spare = new AtomicReference<>();

    /** Looks up the JSON provider; throws {@link jakarta.json.JsonException} when there is none. */
    public ResultJson() {
        generators = Json.createGeneratorFactory(Map.of("org.apache.johnzon.default-char-buffer-generator", "4096"));
    }

    /**
     * One message.
     *
     * @throws IllegalArgumentException when the outcome cannot be written: open values that nest too deeply
     */
    public byte[] toBytes(final Result result) {
        final Utf8Buffer kept = spare.getAndSet(null);
        final Utf8Buffer buffer = kept != null ? kept : new Utf8Buffer(USUAL_BYTES);
        buffer.reset();
        final JsonGenerator json = generators.createGenerator(buffer);
        write(json, result);
        json.close();
        final byte[] message = buffer.toBytes();
        if (buffer.capacity() <= KEPT_BYTES) {
            spare.set(buffer);
        }
        return message;
    }

    /** Writes one message as a JSON object where the generator expects a value. */
    public static void write(final JsonGenerator json, final Result result) {
        json.writeStartObject();
        json.write("schema", SCHEMA);
        json.write("id", result.messageId());
        json.write("pipeline", result.pipeline());
        json.write("source", result.frame().source());
        json.write("sequence", result.frame().sequence());
        json.write("captured", UtcMillis.format(result.capturedAt()));
        writeFrame(json, result);
        final ModelId model = result.model().orElse(null);
        if (model != null) {
            json.writeStartObject("model");
            json.write("name", model.name()).write("version", model.version()).write("digest", model.digest());
            json.writeEnd();
        }
        if (!result.device().isEmpty()) {
            json.write("device", result.device());
        }
        writeTimings(json, result.timings());
        final Failure failure = result.failure().orElse(null);
        final Outcome outcome = result.outcome().orElse(null);
        if (failure != null) {
            json.writeStartObject("failure");
            json.write("code", failure.code()).write("message", failure.message());
            json.writeEnd();
        } else if (outcome != null) {
            json.writeKey("outcome");
            OutcomeWriter.write(json, outcome);
        }
        json.writeEnd();
    }

    private static void writeFrame(final JsonGenerator json, final Result result) {
        json.writeStartObject("frame");
        json.write("width", result.frameWidth());
        json.write("height", result.frameHeight());
        json.writeStartObject("attributes");
        for (final Map.Entry<String, String> attribute : result.attributes().entrySet()) {
            json.write(attribute.getKey(), attribute.getValue());
        }
        json.writeEnd();
        json.writeEnd();
    }

    private static void writeTimings(final JsonGenerator json, final Timings timings) {
        json.writeStartObject("timings");
        writeMs(json, "waitMs", timings.waiting());
        writeMs(json, "decodeMs", timings.decoding());
        writeMs(json, "preprocessMs", timings.preprocessing());
        writeMs(json, "inferMs", timings.inference());
        writeMs(json, "postprocessMs", timings.postprocessing());
        writeMs(json, "totalMs", timings.total());
        json.write("batch", timings.batch());
        json.writeEnd();
    }

    private static void writeMs(final JsonGenerator json, final String key, final long nanos) {
        json.writeKey(key);
        RoundedNumber.write(json, nanos / NANOS_PER_MS, MS_DECIMALS);
    }
}
