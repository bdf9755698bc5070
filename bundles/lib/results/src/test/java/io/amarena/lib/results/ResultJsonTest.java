/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.amarena.api.result.Detection;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Failure;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Result;
import io.amarena.api.result.Text;
import io.amarena.api.result.Values;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResultJsonTest {

    private static final StrictSchemas SCHEMAS = new StrictSchemas();
    private static final Detections FOUND = Detections.of(List.of(
            Detection.of(1, "scratch", 0.91f, 10.5f, 20f, 30f, 40f), Detection.of(2, "dent", 0.5f, 1f, 2f, 3f, 4f)));

    private final ResultJson json = new ResultJson();

    @ParameterizedTest
    @MethodSource("io.amarena.lib.results.OutcomeJsonTest#outcomes")
    void every_result_is_written_as_the_schema_says(final String contract, final Outcome outcome) {
        assertValid(SampleResult.with(outcome));
    }

    @Test
    void a_failed_frame_is_written_as_the_schema_says() {
        assertValid(SampleResult.failed(new Failure("decode", "The picture is cut off after 12 bytes")));
    }

    @Test
    void the_message_has_the_documented_form() {
        assertEquals("{\"schema\":\"amarena/result/1\",\"id\":\"line-1/camera-1-18c2f0a1b2c-41\","
                + "\"pipeline\":\"line-1\",\"source\":\"camera-1\",\"sequence\":41,"
                + "\"captured\":\"2026-03-04T05:06:07.089Z\","
                + "\"frame\":{\"width\":1280,\"height\":720,\"attributes\":{\"file\":\"a \\\"b\\\" ü.jpg\"}},"
                + "\"model\":{\"name\":\"surface-inspection\",\"version\":\"1.2.0\",\"digest\":\""
                + "ab12".repeat(16) + "\"},\"device\":\"onnxruntime/cpu\","
                + "\"timings\":{\"waitMs\":1.235,\"decodeMs\":2,\"preprocessMs\":0.001,\"inferMs\":10.5,"
                + "\"postprocessMs\":0.04,\"totalMs\":13.8,\"batch\":2},"
                + "\"outcome\":{\"contract\":\"text/1\",\"text\":\"ok\",\"score\":1}}",
                text(json.toBytes(SampleResult.with(new Text("ok", 1)))));
    }

    @Test
    void a_failure_takes_the_place_of_model_device_and_outcome() {
        final JsonObject message = parse(json.toBytes(SampleResult.failed(new Failure("no-model", "Nothing serves"))));
        assertEquals("no-model", message.getJsonObject("failure").getString("code"));
        assertFalse(message.containsKey("outcome") || message.containsKey("model") || message.containsKey("device"));
    }

    @Test
    void a_message_larger_than_the_buffer_is_whole_and_later_ones_are_too() {
        final String long1 = "€\uD83D\uDE00x".repeat(300_000);
        assertEquals(long1, textOutcome(json.toBytes(SampleResult.with(new Text(long1, 1)))));
        assertEquals("short", textOutcome(json.toBytes(SampleResult.with(new Text("short", 1)))));
    }

    @Test
    void half_a_surrogate_pair_does_not_break_the_encoding() {
        assertEquals("a?b", textOutcome(json.toBytes(SampleResult.with(new Text("a\uD83Db", 1)))));
        assertEquals("a?b", textOutcome(json.toBytes(SampleResult.with(new Text("a\uDE00b", 1)))));
    }

    @Test
    void a_result_that_cannot_be_written_leaves_the_next_one_intact() {
        final List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThrows(IllegalArgumentException.class,
                () -> json.toBytes(SampleResult.with(new Values("acme/1", Map.of("a", endless)))));
        assertValid(SampleResult.with(FOUND));
    }

    @Test
    void several_threads_may_write_at_the_same_time() throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            final List<Future<?>> runs = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                final String own = "text of thread " + t;
                runs.add(threads.submit(() -> {
                    for (int i = 0; i < 500; i++) {
                        assertEquals(own + i, textOutcome(json.toBytes(SampleResult.with(new Text(own + i, 1)))));
                    }
                }));
            }
            for (final Future<?> run : runs) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void writing_a_result_allocates_little_more_than_the_message() {
        final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Result result = SampleResult.with(FOUND);
        for (int i = 0; i < 2_000; i++) {
            json.toBytes(result);
        }
        final int rounds = 1_000;
        final long before = memory.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            json.toBytes(result);
        }
        final long each = (memory.getCurrentThreadAllocatedBytes() - before) / rounds;
        System.out.println("Bytes allocated per message of " + json.toBytes(result).length + ": " + each);
        assertTrue(each < 4 * 1024, "allocated per message: " + each);
    }

    private void assertValid(final Result result) {
        final String message = text(json.toBytes(result));
        assertEquals(List.of(), List.copyOf(SCHEMAS.validate("result.schema.json", message)), message);
    }

    private static String textOutcome(final byte[] message) {
        return parse(message).getJsonObject("outcome").getString("text");
    }

    private static JsonObject parse(final byte[] message) {
        return Json.createReader(new ByteArrayInputStream(message)).readObject();
    }

    private static String text(final byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
