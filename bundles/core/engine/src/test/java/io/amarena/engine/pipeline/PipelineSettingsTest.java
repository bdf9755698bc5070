/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.model.Size;
import io.amarena.engine.pipeline.PipelineSettings.InvalidSettingsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineSettingsTest {

    private static final String PID = "io.amarena.pipeline~line-1";

    @Test
    void the_least_that_a_pipeline_needs_is_a_source_and_a_model() throws Exception {
        final PipelineSettings settings = PipelineSettings.parse(PID, Map.of("source", "cam", "model", "m"));
        assertEquals("line-1", settings.name());
        assertEquals(List.of(), settings.publishers());
        assertEquals(Optional.empty(), settings.overload());
        assertEquals(OptionalDouble.empty(), settings.threshold());
    }

    @Test
    void all_keys_are_read() throws Exception {
        final Map<String, Object> values = new HashMap<>(Map.of("source", "cam", "model", "m", "version", "[1,2)",
                "publishers", new String[] {"a", "b"}, "overload", "push-back", "mailbox", 3, "threshold", 0.25,
                "device", "cpu", "size", "640x480", "batch", 4));
        values.put("batchDelayMs", 7);
        final PipelineSettings settings = PipelineSettings.parse(PID, values);
        assertEquals(Optional.of(OverloadPolicy.PUSH_BACK), settings.overload());
        assertEquals(List.of("a", "b"), settings.publishers());
        assertEquals(new Size(640, 480), settings.size().orElseThrow());
        assertEquals(0.25, settings.threshold().getAsDouble());
        assertEquals(7, settings.batchDelayMs());
        assertTrue(settings.versions().isPresent());
    }

    @ParameterizedTest
    @CsvSource({"source,'',is missing", "mailbox,-1,from 0 to 4096", "mailbox,many,a whole number",
        "threshold,1.5,from 0 to 1", "threshold,high,a number", "overload,sometimes,newest-wins or push-back",
        "version,newest,a version range", "size,640,form 640x480", "batch,65,from 0 to 64"})
    void a_wrong_value_is_named_with_its_key_and_the_remedy(final String key, final String value,
            final String message) {
        final Map<String, Object> values = new HashMap<>(Map.of("source", "cam", "model", "m"));
        values.put(key, value);
        final InvalidSettingsException invalid = assertThrows(InvalidSettingsException.class,
                () -> PipelineSettings.parse(PID, values));
        assertEquals(1, invalid.problems().size());
        assertEquals(PID, invalid.problems().get(0).pid());
        assertEquals(key, invalid.problems().get(0).key());
        assertTrue(invalid.problems().get(0).message().contains(message), invalid.problems().toString());
    }

    @Test
    void a_publisher_is_named_once() {
        final InvalidSettingsException invalid = assertThrows(InvalidSettingsException.class,
                () -> PipelineSettings.parse(PID, Map.of("source", "cam", "model", "m",
                        "publishers", new String[] {"a", "a"})));
        assertTrue(invalid.problems().get(0).message().contains("twice"));
    }
}
