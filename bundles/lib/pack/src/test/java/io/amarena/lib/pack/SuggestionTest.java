/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.lib.descriptor.DescriptorReader;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionTest {

    private static Suggestion suggest(final String name) throws IOException {
        return Suggestion.of(name + ".onnx", Samples.summary(name));
    }

    private static JsonObject json(final Suggestion suggestion) {
        try (JsonReader reader = Json.createReader(new StringReader(suggestion.json()))) {
            return reader.readObject();
        }
    }

    private static List<String> problems(final Suggestion suggestion) {
        return new DescriptorReader().read("model.json", suggestion.json().getBytes(StandardCharsets.UTF_8),
                path -> Optional.empty()).problems();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ultralytics-v8|detection/1|fp32|image/letterbox|detection/yolo|v8|RGB|255|[[64,64]]",
        "ultralytics-dynamic|detection/1|fp32|image/letterbox|detection/yolo|v8|RGB|255|[[96,64]]",
        "ultralytics-v5|detection/1|fp32|image/letterbox|detection/yolo|v5|RGB|255|[[64,64]]",
        "ultralytics-classify|classification/1|fp32|image/crop|classification/scores||RGB|255|[[64,64]]",
        "half|detection/1|fp16|image/letterbox|detection/yolo|v8|RGB|255|[[64,64]]",
        "quantized|detection/1|int8|image/letterbox|detection/yolo|v8|RGB|255|[[64,64]]",
        "plain-v8|detection/1|fp32|image/letterbox|detection/yolo|v8|RGB|255|[[64,64]]",
        "plain-v5|detection/1|fp32|image/letterbox|detection/yolo|v5|RGB|255|[[64,64]]",
        "yolox|detection/1|fp32|image/letterbox|detection/yolo|x|BGR||[[64,64]]",
        "scores-and-boxes|detection/1|fp32|image/stretch|detection/boxes||RGB|128|[[64,64]]",
        "classifier-logits|classification/1|fp32|image/crop|classification/softmax||RGB|"
            + "[58.395,57.12,57.375]|[[32,32]]",
        "classifier-scores|classification/1|fp32|image/crop|classification/scores||GRAY|255|[[28,28]]",
        "classifier-bytes|classification/1|fp32|image/crop|classification/softmax||RGB||[[48,32]]"})
    void a_known_form_becomes_a_descriptor_that_can_be_read(final String name, final String contract,
            final String precision, final String input, final String output, final String layout, final String colour,
            final String std, final String sizes) throws IOException {
        final Suggestion suggestion = suggest(name);
        final JsonObject json = json(suggestion);
        assertEquals(contract, json.getString("contract"));
        assertEquals(precision, json.getString("precision"));
        assertEquals(input, json.getJsonObject("input").getString("use"));
        assertEquals(output, json.getJsonObject("output").getString("use"));
        assertEquals(layout, json.getJsonObject("output").getString("layout", null));
        assertEquals(colour, json.getJsonObject("input").getString("colour"));
        assertEquals(std, Optional.ofNullable(json.getJsonObject("input").get("std")).map(Object::toString)
                .orElse(null));
        assertEquals(sizes, json.getJsonObject("input").get("sizes").toString());
        assertEquals(List.of(), problems(suggestion));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ultralytics-segment|/output/use|task segment",
        "ultralytics-nms|/output/use|nms=False",
        "mask|/output/use|mask FLOAT[1, 2, 16, 16]",
        "words|/input/use|images INT64[1, 16]",
        "plain-v8|/output/labels|2 classes"})
    void what_nothing_tells_is_marked_and_says_what_to_do(final String name, final String pointer, final String text)
            throws IOException {
        final Suggestion suggestion = suggest(name);
        final Remark remark = suggestion.remarks().stream().filter(one -> one.pointer().equals(pointer)).findFirst()
                .orElseThrow();
        assertEquals(Remark.Kind.UNKNOWN, remark.kind());
        assertTrue(remark.text().contains(text), remark.text());
        assertEquals("not known: " + remark.text(), json(suggestion).getJsonObject("x-check").getString(pointer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ultralytics-segment", "ultralytics-nms", "mask", "words"})
    void a_descriptor_with_unknown_parts_is_refused_until_they_are_written(final String name) throws IOException {
        final List<String> problems = problems(suggest(name));
        assertTrue(problems.stream().anyMatch(problem -> problem.contains("not \"?\"")), problems.toString());
    }

    @Test
    void only_what_the_file_does_not_tell_is_remarked() throws IOException {
        assertEquals(new TreeSet<>(List.of("/name", "/version", "/output/score")), pointers("ultralytics-v8"));
        assertTrue(pointers("plain-v8").containsAll(List.of("/input/colour", "/input/std", "/output/layout")));
        assertTrue(pointers("scores-and-boxes").containsAll(List.of("/input/mean", "/output/format", "/output/units",
                "/output/background")));
    }

    private static TreeSet<String> pointers(final String name) throws IOException {
        final TreeSet<String> pointers = new TreeSet<>();
        suggest(name).remarks().forEach(remark -> pointers.add(remark.pointer()));
        return pointers;
    }

    @Test
    void the_names_and_the_origin_that_the_exporter_wrote_are_taken_over() throws IOException {
        final Suggestion suggestion = suggest("ultralytics-v8");
        assertEquals(List.of("bolt", "lock's nut"), suggestion.labels());
        assertEquals("AGPL-3.0", json(suggestion).getJsonObject("provenance").getString("license"));
        assertEquals(List.of(), suggest("plain-v8").labels());
    }

    @Test
    void a_free_batch_gets_a_limit_and_a_fixed_one_is_kept() throws IOException {
        assertEquals(8, json(suggest("ultralytics-dynamic")).getJsonObject("batch").getInt("max"));
        assertFalse(json(suggest("ultralytics-v8")).containsKey("batch"));
    }

    @ParameterizedTest
    @CsvSource({"version-RFB-320.onnx,version-rfb-320", "My Model_v2.ONNX,my-model-v2", "__.onnx,model"})
    void the_name_comes_from_the_file(final String file, final String name) throws IOException {
        assertEquals(name, json(Suggestion.of(file, Samples.summary("plain-v8"))).getString("name"));
    }
}
