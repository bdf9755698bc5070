/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.manage.GatewayView;
import io.amarena.api.manage.RefusedCommandException;
import io.amarena.api.manage.VersionCommands;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionRequestsTest {

    /** Tells what it was asked for, and refuses to roll back. */
    private static final class Told implements VersionCommands {

        @Override
        public String promote(final String model, final String version) {
            return model + " " + version + " serves for good";
        }

        @Override
        public String rollback(final String model) throws RefusedCommandException {
            throw new RefusedCommandException("There is nothing to roll " + model + " back to");
        }

        @Override
        public String pin(final String pipeline, final String version) {
            return pipeline + " is pinned to " + (version.isEmpty() ? "nothing" : version);
        }
    }

    private static String answer(final String request) {
        return answer(Optional.of(new StatusReportTest.Inspecting()), request);
    }

    private static String answer(final Optional<GatewayView> engine, final String request) {
        return new Requests(new VersionRequests(() -> engine, () -> engine.map(any -> new Told())).all())
                .answer(request);
    }

    @Test
    void commands_are_carried_out_and_told() {
        assertEquals("{\"done\":\"plates 1.1.0 serves for good\"}",
                answer("{\"command\":\"promote\",\"model\":\"plates\",\"version\":\"1.1.0\"}"));
        assertEquals("{\"done\":\"line is pinned to 1.0.0\"}",
                answer("{\"command\":\"pin\",\"pipeline\":\"line\",\"version\":\"1.0.0\"}"));
        assertEquals("{\"done\":\"line is pinned to nothing\"}",
                answer("{\"command\":\"pin\",\"pipeline\":\"line\",\"version\":\"\"}"));
    }

    @Test
    void a_refusal_is_told_with_its_reason() {
        assertEquals("{\"error\":\"There is nothing to roll plates back to\"}",
                answer("{\"command\":\"rollback\",\"model\":\"plates\"}"));
        assertEquals("{\"error\":\"The request needs the member model, a text\"}",
                answer("{\"command\":\"rollback\"}"));
    }

    @Test
    void models_and_history_show_what_the_engine_shows() {
        assertTrue(answer("{\"command\":\"models\"}").contains("\"denied\":\"frames failed\""));
        assertTrue(answer("{\"command\":\"history\"}").contains("\"event\":\"ROLLED_BACK\""));
        assertTrue(answer("{\"command\":\"history\",\"model\":\"surface-inspection\"}").contains("ROLLED_BACK"));
        assertTrue(answer("{\"command\":\"history\",\"model\":\"other\"}")
                .contains("Nothing has happened to a model"));
    }

    @Test
    void without_an_engine_they_say_so() {
        assertTrue(answer(Optional.empty(), "{\"command\":\"models\"}").contains("The engine is not there"));
        assertTrue(answer(Optional.empty(), "{\"command\":\"rollback\",\"model\":\"plates\"}")
                .contains("The engine is not there"));
    }
}
