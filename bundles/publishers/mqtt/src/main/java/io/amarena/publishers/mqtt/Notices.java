/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.publishers.mqtt;

import io.amarena.api.publish.PipelineEvent;
import io.amarena.api.transport.MqttMessage;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Messages about pipelines: events that wait to be sent, and the latest status of each pipeline, which every new session
 * sends again. Not thread-safe: guarded by its publisher.
 */
final class Notices {

    private static final int MOST_EVENTS = 100;

    private final String root;
    private final Map<String, MqttMessage> statuses = new LinkedHashMap<>();
    private final ArrayDeque<MqttMessage> waiting = new ArrayDeque<>();

    /**
     * Without events.
     *
     * @param root prefix and gateway, such as {@code amarena/press-7}
     */
    Notices(final String root) {
        this.root = root;
    }

    void add(final PipelineEvent event) {
        final String kind = event.kind().name().toLowerCase(Locale.ROOT);
        final boolean serving = event.kind() == PipelineEvent.Kind.BORN || event.kind() == PipelineEvent.Kind.CHANGED;
        final MqttMessage status = message(event.pipeline() + "/status", true,
                describe("amarena/status/1", event).add("state", serving ? "serving" : kind));
        statuses.put(event.pipeline(), status);
        waiting.add(status);
        waiting.add(message(event.pipeline() + "/event", false,
                describe("amarena/event/1", event).add("event", kind)));
        while (waiting.size() > MOST_EVENTS) {
            waiting.poll();
        }
    }

    /** The gateway's status: {@code online} or {@code offline}. */
    MqttMessage gateway(final String state) {
        return message("status", true, Json.createObjectBuilder().add("schema", "amarena/status/1")
                .add("state", state));
    }

    /** What a new session sends first. */
    List<MqttMessage> births() {
        final List<MqttMessage> births = new ArrayList<>();
        births.add(gateway("online"));
        births.addAll(statuses.values());
        return births;
    }

    MqttMessage peek() {
        return waiting.peek();
    }

    void sent() {
        waiting.poll();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    private static JsonObjectBuilder describe(final String schema, final PipelineEvent event) {
        return Json.createObjectBuilder().add("schema", schema).add("pipeline", event.pipeline())
                .add("at", event.at().toString()).add("model", event.model()).add("message", event.message());
    }

    private MqttMessage message(final String topic, final boolean retained, final JsonObjectBuilder json) {
        return new MqttMessage(root + "/" + topic, json.build().toString().getBytes(StandardCharsets.UTF_8), 1,
                retained);
    }
}
