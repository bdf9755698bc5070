/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonLiteralTest {

    @Test
    void dictionaries_lists_tuples_numbers_and_texts_are_read() {
        assertEquals(Map.of(0L, "it's", 1L, "say \"hi\"\n\u00e9"),
                PythonLiteral.read("{0: \"it's\", 1: 'say \"hi\"\\n\\xe9'}"));
        assertEquals(List.of(640L, List.of(1L, "True"), "0.5"), PythonLiteral.read(" [640, (1, True,), 0.5] "));
        assertEquals(Map.of("a", Map.of()), PythonLiteral.read("{\"a\": {}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1", "{0 'a'}", "'open", "[1] 2", "{0: 'a' 1: 'b'}", "'\\u12'", "'\\uzzzz'",
        "[,]", "[[[[[[[[[[[[[[[[[[[["})
    void anything_else_is_refused(final String text) {
        assertThrows(IllegalArgumentException.class, () -> PythonLiteral.read(text));
    }

    @Test
    void names_that_are_no_list_of_one_line_texts_are_none() {
        for (final String names : List.of("{0: 'a', 2: 'b'}", "['a', '']", "['a\\nb']", "a b", "{0: 'a'")) {
            assertEquals(List.of(), ExporterNotes.of(Map.of("names", names)).names(), names);
        }
        assertEquals(List.of("a", "b"), ExporterNotes.of(Map.of("names", "{\"0\": \"a\", \"1\": \"b\"}")).names());
        assertEquals(480, ExporterNotes.of(Map.of("imgsz", "[640, 480]")).width());
        assertEquals(320, ExporterNotes.of(Map.of("imgsz", "320")).height());
    }
}
