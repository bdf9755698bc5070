/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {

    private final Requests requests = new Requests(Map.of(
            "status", request -> Json.createObjectBuilder().add("fine", true).build(),
            "greet", request -> Json.createObjectBuilder()
                    .add("done", "hello " + Requests.text(request, "name")).build(),
            "broken", request -> {
                throw new IllegalStateException("the engine is upside down");
            }));

    @Test
    void a_known_command_is_answered() {
        assertEquals("{\"fine\":true}", requests.answer("{\"command\":\"status\",\"more\":1}"));
    }

    @Test
    void a_command_gets_what_the_request_holds_and_tells_what_is_missing() {
        assertEquals("{\"done\":\"hello you\"}", requests.answer("{\"command\":\"greet\",\"name\":\"you\"}"));
        assertEquals("{\"error\":\"The request needs the member name, a text\"}",
                requests.answer("{\"command\":\"greet\",\"name\":7}"));
    }

    @Test
    void an_unknown_command_is_told_with_those_that_are_known() {
        assertEquals("{\"error\":\"Unknown command reboot. Known are broken, greet, status\"}",
                requests.answer("{\"command\":\"reboot\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "{", "{\"command\"", "\u0000\u0001", "{\"command\":\"status\"} trailing {", "[1,"})
    void what_is_no_json_is_told_with_an_example(final String line) {
        final String answer = requests.answer(line);

        assertTrue(answer.startsWith("{\"error\":\""), answer);
        assertTrue(answer.contains("\\\"command\\\":\\\"status\\\""), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "\"status\"", "null", "{\"command\":7}", "{\"command\":null}"})
    void json_without_a_command_is_told(final String line) {
        assertTrue(requests.answer(line).contains("No command in"), requests.answer(line));
    }

    @Test
    void deep_nesting_is_refused_before_it_is_read() {
        assertTrue(requests.answer("[".repeat(500_000)).contains("Nested deeper"));
    }

    @Test
    void a_long_request_is_shown_shortened() {
        final String answer = requests.answer("x".repeat(10_000));

        assertTrue(answer.length() < 300 && answer.contains("10000 characters"), answer);
    }

    @Test
    void a_command_that_fails_is_told_and_harms_nobody() {
        assertTrue(requests.answer("{\"command\":\"broken\"}").contains("the engine is upside down"));
    }
}
