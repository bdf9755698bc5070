/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A real MQTT client that keeps everything that the gateway under test publishes. */
final class Subscriber implements AutoCloseable {

    private final List<Message> messages = new ArrayList<>();
    private final MqttClient client;

    /** One message. */
    record Message(String topic, JsonObject json) {
    }

    Subscriber(final int port) throws Exception {
        client = new MqttClient("tcp://127.0.0.1:" + port, "subscriber", new MemoryPersistence());
        Await.connected(client);
        client.subscribe("amarena/itest/#", 1, (topic, message) -> {
            try (JsonReader reader = Json.createReader(new ByteArrayInputStream(message.getPayload()))) {
                final JsonObject json = reader.readObject();
                synchronized (messages) {
                    messages.add(new Message(topic, json));
                }
            }
        });
    }

    List<JsonObject> on(final String topic) {
        final List<JsonObject> found = new ArrayList<>();
        synchronized (messages) {
            messages.stream().filter(message -> message.topic.equals("amarena/itest/" + topic))
                    .forEach(message -> found.add(message.json));
        }
        return found;
    }

    /** The result of the picture in a file. */
    Optional<JsonObject> resultOf(final String pipeline, final String file) {
        return on(pipeline + "/result").stream().filter(result -> result.getJsonObject("frame")
                .getJsonObject("attributes").getString("file").equals(file)).findFirst();
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(100, 100, false);
        client.close(true);
    }
}
