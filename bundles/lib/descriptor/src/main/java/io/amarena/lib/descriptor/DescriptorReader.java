/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.descriptor;

import io.amarena.api.model.GoldenSample;
import io.amarena.api.model.ModelDescriptor;
import io.amarena.api.model.Size;
import io.amarena.api.model.StageSettings;
import io.amarena.api.result.Outcome;
import io.amarena.lib.results.OutcomeJson;
import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads {@code model.json}, format {@code model/1.0}: strict, and with everything that is
 * wrong at once. Keys of a higher minor version are passed over. Stateless and thread-safe.
 */
public final class DescriptorReader {

    private static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";
    private static final String VERSION = "\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(\\.[A-Za-z0-9_-]+)?";
    private static final String CONTRACT = "[a-z][a-z0-9-]*/\\d+";
    private static final String FILE = "(?!/)(?!.*(^|/)\\.\\.(/|$))[^\\\\]{1,255}";
    private static final String STAGE = "[A-Za-z0-9_.-]+/[A-Za-z0-9_./-]+";
    private static final String[] KEYS = {"amarena", "name", "version", "contract", "file", "precision", "input", "output",
        "batch", "session", "golden", "provenance"};
    private static final int MOST_SIZES = 16;
    private static final int MOST_GOLDEN = 1000;
    private static final int MOST_LEVELS = 32;

    private final JsonReaderFactory readers = Json.createReaderFactory(
            Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    /**
     * What was read.
     *
     * @param descriptor present when nothing is wrong
     * @param problems   each with its place and the remedy
     */
    public record Outcomes(Optional<ModelDescriptor> descriptor, List<String> problems) {
    }

    /**
     * Reads a descriptor.
     *
     * @param place where it lies, for messages, such as {@code model.json}
     * @param bytes UTF-8
     * @param files reads another file of the pack; empty when there is none
     */
    public Outcomes read(final String place, final byte[] bytes, final Function<String, Optional<byte[]>> files) {
        final Problems problems = new Problems(place);
        final Optional<JsonObject> json = parse(place, bytes, problems);
        if (json.isEmpty()) {
            return new Outcomes(Optional.empty(), problems.all());
        }
        final ModelDescriptor descriptor = descriptor(new JsonPart(json.get(), "", problems), place, problems, files);
        return new Outcomes(problems.none() ? Optional.of(descriptor) : Optional.empty(), problems.all());
    }

    private Optional<JsonObject> parse(final String place, final byte[] bytes, final Problems problems) {
        if (Nesting.deepest(bytes) > MOST_LEVELS) {
            problems.add(place + " is nested deeper than " + MOST_LEVELS + " levels; nothing that it may hold is");
            return Optional.empty();
        }
        try (JsonReader reader = readers.createReader(new ByteArrayInputStream(bytes))) {
            return Optional.of(reader.readObject());
        } catch (final JsonException | IllegalStateException broken) {
            problems.add(place + " is no valid JSON object: " + broken.getMessage());
            return Optional.empty();
        }
    }

    private ModelDescriptor descriptor(final JsonPart root, final String place, final Problems problems,
            final Function<String, Optional<byte[]>> files) {
        final String format = root.text("amarena", "model/1\\.\\d+", "model/1.0, the version of this format");
        for (final String reserved : new String[] {"variants", "tolerance"}) {
            if (root.has(reserved)) {
                root.problem(reserved, "is reserved for a later version of the format; leave it out");
            }
        }
        if (format.equals("model/1.0")) {
            root.allowOnly(with(KEYS, "variants", "tolerance"));
        }
        final String name = root.text("name", NAME, "lower-case letters, digits and hyphens");
        final String version = root.text("version", VERSION, "a version of the form 1.2.3 or 1.2.3.qualifier");
        final String contract = root.text("contract", CONTRACT, "a contract such as detection/1");
        final String file = root.text("file", FILE, "the path of the model within the pack");
        final String precision = root.text("precision", "fp32|fp16|int8|int4|mixed", "fp32, fp16, int8, int4 or mixed");
        final Optional<JsonPart> input = root.part("input", true);
        final Optional<JsonPart> output = root.part("output", true);
        int batch = 1;
        final Optional<JsonPart> batchPart = root.part("batch", false);
        if (batchPart.isPresent()) {
            batchPart.get().allowOnly("max");
            batch = (int) batchPart.get().number("max", 1, 1, 64);
        }
        root.part("provenance", false);
        return new JsonDescriptor(name, version, contract, file, precision, stage(input, place, "input"),
                stage(output, place, "output"), input.map(DescriptorReader::sizes).orElse(List.of()), batch,
                session(root), golden(root, contract, problems, files));
    }

    private static StageSettings stage(final Optional<JsonPart> part, final String place, final String key) {
        if (part.isEmpty()) {
            return new StageSettings(place + "#/" + key, "", Map.of());
        }
        final String use = part.get().text("use", STAGE, "the name of a stage, such as image/letterbox");
        return new StageSettings(place + "#/" + key, use, part.get().values("use"));
    }

    private static List<Size> sizes(final JsonPart input) {
        final List<Size> sizes = new ArrayList<>();
        final List<JsonValue> values = input.list("sizes");
        if (input.has("sizes") && (values.isEmpty() || values.size() > MOST_SIZES)) {
            input.problem("sizes", "must list 1 to " + MOST_SIZES + " sizes as [width, height]");
        }
        for (int i = 0; i < values.size(); i++) {
            final JsonValue value = values.get(i);
            final List<JsonNumber> numbers = value.getValueType() == JsonValue.ValueType.ARRAY
                    && value.asJsonArray().stream().allMatch(JsonNumber.class::isInstance)
                    ? value.asJsonArray().getValuesAs(JsonNumber.class) : List.of();
            final boolean good = numbers.size() == 2 && numbers.stream().allMatch(number ->
                    number.isIntegral() && number.longValue() >= 1 && number.longValue() <= 16_384);
            if (good) {
                sizes.add(new Size(numbers.get(0).intValue(), numbers.get(1).intValue()));
            } else {
                input.problem("sizes/" + i, "must be [width, height] in pixels, from 1 to 16384, not " + value);
            }
        }
        return sizes;
    }

    private static Map<String, String> session(final JsonPart root) {
        final Map<String, String> entries = new LinkedHashMap<>();
        root.part("session", false).ifPresent(part -> part.values().forEach((key, value) -> {
            if (value instanceof List || value instanceof Map) {
                part.problem(key, "must be a text, a number or a truth value");
            } else if (value instanceof Double && (Double) value == Math.rint((Double) value)) {
                entries.put(key, String.valueOf(((Double) value).longValue()));
            } else {
                entries.put(key, String.valueOf(value));
            }
        }));
        return entries;
    }

    private List<GoldenSample> golden(final JsonPart root, final String contract, final Problems problems,
            final Function<String, Optional<byte[]>> files) {
        final List<GoldenSample> samples = new ArrayList<>();
        final List<JsonPart> parts = root.parts("golden");
        if (parts.size() > MOST_GOLDEN) {
            root.problem("golden", "lists " + parts.size() + " samples; at most " + MOST_GOLDEN + " are checked");
            return samples;
        }
        for (final JsonPart part : parts) {
            part.allowOnly("frame", "expect", "tolerance");
            final String frame = part.text("frame", FILE, "the path of a PNG picture within the pack");
            final String expect = part.text("expect", FILE, "the path of the expected answer within the pack");
            double iou = GoldenSample.MIN_IOU;
            double score = GoldenSample.MAX_SCORE_DIFFERENCE;
            final Optional<JsonPart> tolerance = part.part("tolerance", false);
            if (tolerance.isPresent()) {
                tolerance.get().allowOnly("iou", "score");
                iou = tolerance.get().number("iou", iou, 0, 1);
                score = tolerance.get().number("score", score, 0, 1);
            }
            if (!frame.isEmpty() && files.apply(frame).filter(DescriptorReader::isPng).isEmpty()) {
                part.problem("frame", "names " + frame + ", which is no PNG picture of the pack, or too large for one");
            }
            if (!expect.isEmpty()) {
                final Optional<Outcome> outcome = expectation(expect, part, contract, files);
                if (outcome.isPresent()) {
                    samples.add(new GoldenSample(frame, outcome.get(), iou, score));
                }
            }
        }
        return samples;
    }

    private Optional<Outcome> expectation(final String file, final JsonPart part, final String contract,
            final Function<String, Optional<byte[]>> files) {
        final Optional<byte[]> bytes = files.apply(file);
        if (bytes.isEmpty()) {
            part.problem("expect", "names " + file + ", which the pack does not have, or which is too large to be one");
            return Optional.empty();
        }
        final Problems inside = new Problems(file);
        final Optional<JsonObject> json = parse(file, bytes.get(), inside);
        if (json.isEmpty()) {
            part.problem("expect", inside.all().get(0));
            return Optional.empty();
        }
        try {
            final Outcome outcome = OutcomeJson.read(json.get());
            if (!contract.isEmpty() && !outcome.contract().equals(contract)) {
                part.problem("expect", "names " + file + ", which follows " + outcome.contract() + "; the model's contract"
                        + " is " + contract);
            }
            return Optional.of(outcome);
        } catch (final IllegalArgumentException unreadable) {
            part.problem("expect", "names " + file + ": " + unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isPng(final byte[] bytes) {
        return bytes.length > 8 && bytes[0] == (byte) 0x89 && bytes[1] == 'P' && bytes[2] == 'N' && bytes[3] == 'G';
    }

    private static String[] with(final String[] keys, final String... more) {
        final List<String> all = new ArrayList<>(List.of(keys));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
