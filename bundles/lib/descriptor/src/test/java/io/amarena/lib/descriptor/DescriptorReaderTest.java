/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.descriptor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.model.ModelDescriptor;
import io.amarena.api.model.Size;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorReaderTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0};
    private static final Map<String, byte[]> FILES = Map.of("g.png", PNG, "text.png", "hello, I am text".getBytes(),
            "g.json", "{\"contract\":\"detection/1\",\"detections\":[]}".getBytes(),
            "other.json", "{\"contract\":\"anomaly/1\",\"score\":1,\"threshold\":2}".getBytes());
    private static final String GOOD = "{\"amarena\":\"model/1.0\",\"name\":\"a-1\",\"version\":\"1.2.3\","
            + "\"contract\":\"detection/1\",\"file\":\"m.onnx\",\"precision\":\"int8\","
            + "\"input\":{\"use\":\"image/letterbox\",\"sizes\":[[320,240]],\"mean\":[1,2,3]},"
            + "\"output\":{\"use\":\"detection/grid\",\"score\":0.5},\"batch\":{\"max\":8},"
            + "\"session\":{\"a.b\":1,\"c\":true},\"golden\":[{\"frame\":\"g.png\",\"expect\":\"g.json\"}],"
            + "\"provenance\":{\"by\":\"us\"},\"x-note\":\"mine\"}";

    private final DescriptorReader reader = new DescriptorReader();

    @Test
    void a_good_descriptor_is_read_with_all_its_keys() {
        final ModelDescriptor descriptor = read(GOOD).descriptor().orElseThrow();
        assertEquals("a-1", descriptor.name());
        assertEquals(List.of(new Size(320, 240)), descriptor.sizes());
        assertEquals("image/letterbox", descriptor.input().use());
        assertEquals(List.of(1.0, 2.0, 3.0), descriptor.input().values().get("mean"));
        assertEquals(Map.of("a.b", "1", "c", "true"), descriptor.session());
        assertEquals(8, descriptor.maxBatch());
        assertEquals(1, descriptor.golden().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"name\":\"a-1\"|\"name\":\"A 1\"|model.json#/name|lower-case",
        "\"version\":\"1.2.3\"|\"version\":\"1.2\"|model.json#/version|1.2.3",
        "\"amarena\":\"model/1.0\",||model.json#/amarena|is missing",
        "\"amarena\":\"model/1.0\"|\"amarena\":\"model/2.0\"|model.json#/amarena|model/1.0",
        "\"file\":\"m.onnx\"|\"file\":\"../m.onnx\"|model.json#/file|within the pack",
        "\"file\":\"m.onnx\"|\"file\":\"/etc/passwd\"|model.json#/file|within the pack",
        "\"precision\":\"int8\"|\"precision\":\"int9\"|model.json#/precision|fp32",
        "\"precision\":\"int8\"|\"precision\":8|model.json#/precision|fp32",
        "[[320,240]]|[[320]]|model.json#/input/sizes/0|[width, height]",
        "[[320,240]]|[[0,240]]|model.json#/input/sizes/0|1 to 16384",
        "[[320,240]]|[]|model.json#/input/sizes|1 to 16",
        "{\"max\":8}|{\"max\":99}|model.json#/batch/max|1 to 64",
        "{\"max\":8}|{\"min\":1}|model.json#/batch/min|unknown key",
        "\"provenance\"|\"origin\"|model.json#/origin|unknown key",
        "\"provenance\"|\"variants\"|model.json#/variants|reserved",
        "\"frame\":\"g.png\"|\"frame\":\"none.png\"|model.json#/golden/0/frame|none.png",
        "\"frame\":\"g.png\"|\"frame\":\"text.png\"|model.json#/golden/0/frame|PNG",
        "\"expect\":\"g.json\"|\"expect\":\"none.json\"|model.json#/golden/0/expect|none.json",
        "\"expect\":\"g.json\"|\"expect\":\"other.json\"|model.json#/golden/0/expect|anomaly/1",
        "\"use\":\"image/letterbox\",||model.json#/input/use|is missing",
        "\"version\":\"1.2.3\"|\"version\":\"1.2.3\",\"version\":\"1.2.4\"|model.json|version"})
    void what_is_wrong_is_named_with_its_place_and_the_remedy(final String good, final String bad, final String place,
            final String remedy) {
        final List<String> problems = read(GOOD.replace(good, bad == null ? "" : bad)).problems();
        assertTrue(problems.stream().anyMatch(problem -> problem.startsWith(place) && problem.contains(remedy)),
                problems.toString());
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        assertEquals(3, read(GOOD.replace("int8", "x").replace("1.2.3", "x").replace("\"max\":8", "\"max\":0"))
                .problems().size());
    }

    @Test
    void what_is_no_json_is_refused_and_keys_of_a_higher_minor_version_are_passed_over() {
        assertTrue(read("{").problems().get(0).contains("no valid JSON"));
        assertTrue(read("[]").problems().get(0).contains("no valid JSON"));
        assertTrue(read("").problems().get(0).contains("no valid JSON"));
        assertEquals(List.of(), read(GOOD.replace("model/1.0", "model/1.7").replace("x-note", "new")).problems());
    }

    private DescriptorReader.Outcomes read(final String json) {
        return reader.read("model.json", json.getBytes(StandardCharsets.UTF_8),
                path -> Optional.ofNullable(FILES.get(path)));
    }
}
