/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.result.Anomaly;
import io.amarena.api.result.Classification;
import io.amarena.api.result.Detection;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Measurement;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Segmentation;
import io.amarena.api.result.Text;
import io.amarena.api.result.Values;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeJsonTest {

    private static final StrictSchemas SCHEMAS = new StrictSchemas();

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of("detection-1", Detections.of(List.of(
                        Detection.of(2, "scratch", 0.87654f, 10.04f, 20.06f, 300f, 5.5f),
                        Detection.of(-1, "dent", 0.5f, 0f, 0f, 1f, 1f)))),
                Arguments.of("detection-1", Detections.of(List.of())),
                Arguments.of("classification-1", Classification.of(List.of(
                        new Classification.ClassScore(0, "good", 0.99996f),
                        new Classification.ClassScore(1, "bad", 0.00004f)))),
                Arguments.of("segmentation-1",
                        Segmentation.of(2, 2, new byte[] {0, 1, (byte) 200, 3}, List.of("none", "weld"))),
                Arguments.of("anomaly-1", new Anomaly(0.123456789, 0.1)),
                Arguments.of("anomaly-1", new Anomaly(Double.NaN, 0.1)),
                Arguments.of("measurement-1", new Measurement("gap", -1.0625e-7, "mm")),
                Arguments.of("text-1", new Text("Größe \uD83D\uDE00 \"7\"\n", 0.5)),
                Arguments.of("values", new Values("acme-torque/1", Map.of("peak", 12.5, "count", 3L, "ok", true,
                        "unit", "Nm", "curve", List.of(1.5, Map.of("deep", List.of(2L)))))),
                Arguments.of("values", new VendorOutcome()));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void every_outcome_is_written_as_its_schema_says_and_read_back_the_same(final String schema,
            final Outcome outcome) {
        final String json = write(outcome);
        assertEquals(List.of(), List.copyOf(SCHEMAS.validate(schema + ".schema.json", json)), json);
        final Outcome read = OutcomeJson.read(parse(json));
        assertEquals(outcome.contract(), read.contract());
        assertEquals(json, write(read), "what was read is written as before");
        if (outcome instanceof Record && !(outcome instanceof VendorOutcome)) {
            assertEquals(outcome, read);
        }
    }

    @Test
    void scores_have_four_decimals_and_boxes_one() {
        assertEquals("{\"contract\":\"detection/1\",\"detections\":[{\"label\":\"scratch\",\"class\":2,"
                + "\"score\":0.8765,\"box\":[10,20.1,300,5.5]}]}",
                write(Detections.of(List.of(Detection.of(2, "scratch", 0.87654f, 10.04f, 20.06f, 300f, 5.5f)))));
    }

    @Test
    void small_and_large_numbers_are_written_without_exponent() {
        assertEquals("{\"contract\":\"detection/1\",\"detections\":[{\"label\":\"a\",\"class\":0,"
                + "\"score\":0.0004,\"box\":[12345678,-0.1,0,-7]}]}",
                write(Detections.of(List.of(Detection.of(0, "a", 0.0004f, 12345678f, -0.1f, -0.01f, -7f)))));
    }

    @Test
    void numbers_that_json_cannot_say_are_null_and_read_as_not_a_number() {
        final String json = write(Detections.of(List.of(
                Detection.of(0, "a", Float.NaN, Float.POSITIVE_INFINITY, 1, Float.NEGATIVE_INFINITY, 1e30f))));
        assertTrue(json.contains("\"score\":null,\"box\":[null,1,null,1.0"), json);
        final Detections read = (Detections) OutcomeJson.read(parse(json));
        assertTrue(Float.isNaN(read.objects().get(0).score()));
        assertTrue(Float.isNaN(read.objects().get(0).x()));
    }

    @Test
    void an_unknown_contract_is_read_as_values_with_whole_and_broken_numbers_told_apart() {
        final Values values = assertInstanceOf(Values.class, OutcomeJson.read(parse("{'contract':'acme/7','values':"
                + "{'whole':9223372036854775807,'beyond':9223372036854775808,'broken':1.0,'none':null,'far':1e400}}")));
        assertEquals("acme/7", values.contract());
        assertEquals(Long.MAX_VALUE, values.values().get("whole"));
        assertEquals(9.223372036854775808e18, values.values().get("beyond"));
        assertEquals(1.0, values.values().get("broken"));
        assertEquals(Double.NaN, values.values().get("none"));
        assertEquals(Double.POSITIVE_INFINITY, values.values().get("far"));
    }

    @Test
    void a_type_that_nobody_knows_is_passed_on_with_its_text() {
        final Values values = (Values) OutcomeJson.read(parse(write(new VendorOutcome())));
        assertEquals(Map.of("text", "7 of 9"), values.values());
    }

    @Test
    void a_missing_class_index_is_no_class() {
        final Detections read = (Detections) OutcomeJson.read(parse(
                "{'contract':'detection/1','detections':[{'label':'dent','score':1,'box':[1,2,3,4],'note':'x'}]}"));
        assertEquals(-1, read.objects().get(0).classIndex());
        assertFalse(write(read).contains("class\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                              | contract: expected a text, found nothing
            {'contract':7}                                                  | contract: expected a text, found 7
            {'contract':'detection/1'}                                      | detections: expected a list of objects
            {'contract':'detection/1','detections':[3]}                     | detections[0]: expected an object, found 3
            {'contract':'detection/1','detections':[{'score':1}]}           | detections[0].label: expected a text
            {'contract':'detection/1','detections':[{'label':'a','score':1,'box':[1,2,3]}]} | detections[0].box: expected 4 numbers [x, y, width, height] in pixels, found 3 values
            {'contract':'detection/1','detections':[{'label':'a','score':1,'box':[1,2,3,'4']}]} | detections[0].box[3]: expected a number, found "4"
            {'contract':'detection/1','detections':[{'label':'a','score':true,'box':[1,2,3,4]}]} | detections[0].score: expected a number, found true
            {'contract':'detection/1','detections':[{'label':'a','class':1.5,'score':1,'box':[1,2,3,4]}]} | detections[0].class: expected a whole number from 0, found 1.5
            {'contract':'detection/1','detections':[{'label':'a','class':1e99,'score':1,'box':[1,2,3,4]}]} | detections[0].class: expected a whole number from 0
            {'contract':'classification/1','classes':[]}                    | classes: expected at least one class, found an empty list
            {'contract':'segmentation/1','width':0}                         | width: expected a whole number from 1, found 0
            {'contract':'segmentation/1','width':2,'height':1,'labels':[],'classes':'AAAA'} | classes: expected Base64 of 2 x 1 bytes, found 3 bytes
            {'contract':'segmentation/1','width':2,'height':1,'labels':[],'classes':'%'} | classes: expected Base64 of one byte per cell
            {'contract':'segmentation/1','width':1,'height':1,'labels':[1],'classes':'AA=='} | labels[0]: expected a text, found 1
            {'contract':'measurement/1','name':'gap','unit':'mm'}           | value: expected a number, found nothing (the key is missing)
            {'contract':'acme/1'}                                           | values: expected an object
            """, quoteCharacter = '`')
    void a_wrong_field_is_named_with_what_is_expected_and_what_was_found(final String json, final String message) {
        final IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> OutcomeJson.read(parse(json)));
        assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
    }

    @Test
    void a_value_that_contains_itself_is_refused() {
        final Map<String, Object> inner = new HashMap<>();
        final List<Object> list = new ArrayList<>();
        inner.put("again", list);
        list.add(inner);
        final IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                () -> write(new Values("acme/1", inner)));
        assertTrue(refused.getMessage().contains("at most 32 levels"), refused.getMessage());
    }

    @Test
    void values_that_nest_too_deeply_are_refused_when_read() {
        final String deep = "[".repeat(40) + "]".repeat(40);
        assertThrows(IllegalArgumentException.class,
                () -> OutcomeJson.read(parse("{'contract':'acme/1','values':{'a':" + deep + "}}")));
    }

    private static String write(final Outcome outcome) {
        final StringWriter text = new StringWriter();
        final JsonGenerator json = Json.createGenerator(text);
        OutcomeJson.write(json, outcome);
        json.close();
        return text.toString();
    }

    private static JsonObject parse(final String json) {
        return Json.createReader(new StringReader(json.replace('\'', '"'))).readObject();
    }

    private record VendorOutcome() implements Outcome {

        @Override
        public String contract() {
            return "acme-count/1";
        }

        @Override
        public String toString() {
            return "7 of 9";
        }
    }
}
