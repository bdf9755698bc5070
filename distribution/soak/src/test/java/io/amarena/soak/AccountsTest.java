/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountsTest {

    @Test
    void accounts_that_agree_with_the_subscriber_are_right() {
        final JsonObject status = status(10, 10, 0, 10, 0);

        assertTrue(Accounts.atRest(status));
        assertEquals(Map.of("line-1", 10L), Accounts.accepted(status));
        assertTrue(Accounts.disagreements(status, Map.of("line-1", 10L)).isEmpty());
    }

    @Test
    void a_result_that_the_subscriber_did_not_see_is_told() {
        assertEquals(1, Accounts.disagreements(status(10, 10, 0, 10, 0), Map.of("line-1", 9L)).size());
    }

    @Test
    void a_shed_frame_is_told() {
        assertFalse(Accounts.disagreements(status(10, 9, 1, 9, 0), Map.of("line-1", 9L)).isEmpty());
    }

    @Test
    void a_result_that_a_publisher_dropped_is_told() {
        assertFalse(Accounts.disagreements(status(10, 10, 0, 9, 1), Map.of("line-1", 10L)).isEmpty());
    }

    private static JsonObject status(final int accepted, final int published, final int shed, final int confirmed,
            final int dropped) {
        final String text = "{\"pipelines\":[{\"name\":\"line-1\",\"sourceHere\":false,\"account\":{\"accepted\":" + accepted
                + ",\"published\":" + published + ",\"shed\":" + shed + ",\"inFlight\":0,\"balanced\":true}}],"
                + "\"publishers\":[{\"name\":\"local\",\"account\":{\"taken\":" + published + ",\"confirmed\":" + confirmed
                + ",\"waiting\":0,\"dropped\":" + dropped + ",\"balanced\":true}}]}";
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
