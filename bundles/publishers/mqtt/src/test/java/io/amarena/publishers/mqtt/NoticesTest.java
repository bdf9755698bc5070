/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.publishers.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.amarena.api.publish.PipelineEvent;
import io.amarena.api.transport.MqttMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticesTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private final Notices notices = new Notices("plant/press-7");

    @ParameterizedTest
    @EnumSource(PipelineEvent.Kind.class)
    void events_and_states_of_pipelines_are_as_their_schemas_say(final PipelineEvent.Kind kind) throws IOException {
        notices.add(new PipelineEvent(kind, "line", NOON, "plates 1.0.0", "dent,scratch", "why"));

        final List<MqttMessage> messages = sent();

        assertEquals(List.of("plant/press-7/line/status", "plant/press-7/line/event"),
                messages.stream().map(MqttMessage::topic).toList());
        assertEquals(Set.of(), faults("status", messages.get(0)));
        assertEquals(Set.of(), faults("event", messages.get(1)));
        assertTrue(messages.get(0).retained());
        assertFalse(messages.get(1).retained());
    }

    @Test
    void the_state_of_the_gateway_is_as_its_schema_says() throws IOException {
        assertEquals(Set.of(), faults("status", notices.gateway("online")));
        assertEquals(Set.of(), faults("status", notices.gateway("offline")));
        assertFalse(faults("status", notices.gateway("serving")).isEmpty(), "only pipelines serve");
    }

    @Test
    void a_new_session_tells_the_gateway_first_and_then_the_latest_state_of_each_pipeline() {
        notices.add(new PipelineEvent(PipelineEvent.Kind.BORN, "a", NOON, "plates 1.0.0", "", "serves"));
        notices.add(new PipelineEvent(PipelineEvent.Kind.BLOCKED, "a", NOON, "", "", "no model"));
        notices.add(new PipelineEvent(PipelineEvent.Kind.BORN, "b", NOON, "plates 1.0.0", "", "serves"));

        final List<String> births = notices.births().stream().map(NoticesTest::text).toList();

        assertEquals(3, births.size());
        assertTrue(births.get(0).contains("\"online\""), births.get(0));
        assertTrue(births.get(1).contains("\"blocked\""), births.get(1));
        assertTrue(births.get(2).contains("\"serving\""), births.get(2));
    }

    private List<MqttMessage> sent() {
        final List<MqttMessage> messages = new ArrayList<>();
        while (!notices.isEmpty()) {
            messages.add(notices.peek());
            notices.sent();
        }
        return messages;
    }

    private static String text(final MqttMessage message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    /** What the shipped schema says against a message; a key that it does not describe counts too. */
    private static Set<ValidationMessage> faults(final String schema, final MqttMessage message) throws IOException {
        final String name = "/io/amarena/lib/results/schema/" + schema + ".schema.json";
        try (InputStream file = Objects.requireNonNull(NoticesTest.class.getResourceAsStream(name), name)) {
            final String strict = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"type\": \"object\",", "\"type\": \"object\", \"unevaluatedProperties\": false,");
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(strict,
                    SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build())
                    .validate(text(message), InputFormat.JSON);
        }
    }
}
