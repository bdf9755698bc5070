/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A foreign MQTT client that hears the results of both publishers. Results come on a thread of the client. */
final class Subscriber implements AutoCloseable {

    private static final int RESULT = 2;
    private static final int LEVELS = 4;

    private final JsonReaderFactory readers = Json.createReaderFactory(Map.of());
    private final Consumer<Received> results;
    private final Consumer<String> troubles;
    private final MqttClient client;

    private Subscriber(final MqttClient client, final Consumer<Received> results, final Consumer<String> troubles) {
        this.client = client;
        this.results = results;
        this.troubles = troubles;
    }

    /**
     * Connects and subscribes.
     *
     * @param troubles hears when the subscriber itself can no longer be trusted
     */
    static Subscriber connect(final int brokerPort, final Consumer<Received> results, final Consumer<String> troubles)
            throws IOException {
        try {
            final Subscriber subscriber = new Subscriber(client(brokerPort, "soak-subscriber"), results, troubles);
            subscriber.client.setCallback(subscriber.new Ears());
            subscriber.client.connect(options());
            for (final String topic : new String[] {StartSettings.FIRST_TOPIC, StartSettings.SECOND_TOPIC}) {
                subscriber.client.subscribe(topic + "/" + StartSettings.GATEWAY + "/+/result", 1);
            }
            return subscriber;
        } catch (final MqttException failed) {
            throw new IOException("The subscriber cannot connect to the broker: " + failed.getMessage(), failed);
        }
    }

    /** Pushes a client out of the broker by connecting under its name, and leaves again. */
    static void pushOut(final int brokerPort, final String clientId) throws IOException {
        try {
            final MqttClient stranger = client(brokerPort, clientId);
            stranger.connect(options());
            stranger.disconnect();
            stranger.close();
        } catch (final MqttException failed) {
            throw new IOException("Nobody can connect to the broker as " + clientId + ": " + failed.getMessage(),
                    failed);
        }
    }

    private static MqttClient client(final int port, final String id) throws MqttException {
        final MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, id, new MemoryPersistence());
        client.setTimeToWait(10_000);
        return client;
    }

    private static MqttConnectOptions options() {
        final MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(true);
        options.setAutomaticReconnect(false);
        options.setMaxInflight(1000);
        return options;
    }

    private Received read(final String topic, final byte[] payload, final long nanos) {
        final String[] levels = topic.split("/", LEVELS);
        try (JsonReader reader = readers.createReader(new ByteArrayInputStream(payload))) {
            final JsonObject json = reader.readObject();
            final JsonObject model = json.getJsonObject("model");
            final JsonObject failure = json.getJsonObject("failure");
            return new Received(levels[0], levels[RESULT], json.getJsonNumber("sequence").longValue(),
                    json.getString("id"), model == null ? "" : model.getString("version"),
                    model == null ? "" : model.getString("digest"),
                    failure == null ? "" : failure.getString("code") + ": " + failure.getString("message"),
                    json.getJsonObject("timings").getJsonNumber("totalMs").doubleValue(),
                    System.currentTimeMillis() - Instant.parse(json.getString("captured")).toEpochMilli(), nanos);
        }
    }

    @Override
    public void close() {
        try {
            client.setCallback(null);
            client.disconnectForcibly(100, 1000);
            client.close(true);
        } catch (final MqttException ending) {
            troubles.accept("The subscriber did not end well: " + ending.getMessage());
        }
    }

    /** Called on the client's thread. */
    private final class Ears implements MqttCallback {

        @Override
        public void connectionLost(final Throwable cause) {
            troubles.accept("the subscriber lost its connection to the broker: " + cause);
        }

        @Override
        public void messageArrived(final String topic, final MqttMessage message) {
            final long now = System.nanoTime();
            try {
                results.accept(read(topic, message.getPayload(), now));
            } catch (final JsonException | NullPointerException | ClassCastException unreadable) {
                troubles.accept("a message on " + topic + " cannot be read: " + unreadable);
            }
        }

        @Override
        public void deliveryComplete(final IMqttDeliveryToken token) {
            // The subscriber sends nothing.
        }
    }
}
