/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.publishers.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.frame.FrameId;
import io.amarena.api.model.ModelId;
import io.amarena.api.publish.DeliveryAccount;
import io.amarena.api.publish.PipelineEvent;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Failure;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Result;
import io.amarena.api.result.Timings;
import io.amarena.publishers.mqtttransport.PahoTransport;
import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real broker, with an independent client that listens. */
class MqttPublisherTest {

    private final List<String> received = new CopyOnWriteArrayList<>();
    private int port;
    private Server broker;
    private MqttClient listener;
    private MqttPublisher publisher;

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        startBroker();
        publisher = publisher(1_000);
    }

    @AfterEach
    void stop() throws Exception {
        publisher.close();
        if (listener.isConnected()) {
            listener.disconnect();
        }
        listener.close();
        broker.stopServer();
    }

    @Test
    void results_arrive_in_order_and_are_confirmed() throws Exception {
        for (int i = 0; i < 500; i++) {
            publisher.offer(result(i), null);
        }
        assertTrue(publisher.drain(Duration.ofSeconds(20)) || awaitConfirmed(500));
        await(() -> ids().size() >= 500);
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            expected.add("line/cam-1-" + i);
        }
        assertEquals(expected, ids());
        assertEquals(500, publisher.account().confirmed());
        assertTrue(publisher.account().balanced());
        assertTrue(publisher.status().healthy());
    }

    @Test
    void a_broker_that_is_away_at_the_start_gets_everything_that_waited() throws Exception {
        stopBroker();
        for (int i = 0; i < 50; i++) {
            publisher.offer(result(i), null);
        }
        await(() -> publisher.status().message().contains("connection refused"));
        assertFalse(publisher.status().healthy());
        assertTrue(publisher.status().message().contains("tcp://127.0.0.1:" + port), publisher.status().message());
        assertEquals(50, publisher.account().waiting());
        startBroker();
        awaitConfirmed(50);
    }

    @Test
    void a_broker_that_goes_and_comes_back_loses_nothing() throws Exception {
        publisher.offer(result(0), null);
        awaitConfirmed(1);
        final Set<String> arrived = new TreeSet<>();
        for (int round = 0; round < 3; round++) {
            stopBroker();
            arrived.addAll(ids());
            for (int i = 0; i < 100; i++) {
                publisher.offer(result(1 + round * 100 + i), null);
            }
            assertTrue(publisher.account().balanced());
            startBroker();
            awaitConfirmed(1 + (round + 1) * 100L);
            final String last = "line/cam-1-" + (round + 1) * 100;
            await(() -> ids().contains(last));
        }
        arrived.addAll(ids());
        assertEquals(301, arrived.size());
        assertEquals(0, publisher.account().dropped());
    }

    @Test
    void what_a_publisher_could_not_send_goes_to_the_next_one_and_arrives_in_order() throws Exception {
        publisher.offer(result(0), null);
        awaitConfirmed(1);
        stopBroker();
        received.clear();
        for (int i = 1; i <= 50; i++) {
            publisher.offer(result(i), null);
        }

        assertFalse(publisher.drain(Duration.ofMillis(100)));
        final List<Result> left = publisher.handOver();
        publisher.close();

        assertEquals(50, left.size());
        assertEquals(new DeliveryAccount(1, 1, 0, 0), publisher.account());
        publisher = publisher(1_000);
        left.forEach(publisher::offerAgain);
        publisher.offer(result(51), null);
        startBroker();
        awaitConfirmed(51);
        await(() -> ids().size() >= 51);
        final List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 51; i++) {
            expected.add("line/cam-1-" + i);
        }
        assertEquals(expected, ids());
    }

    @Test
    void beyond_the_bound_the_oldest_is_dropped_and_counted() throws Exception {
        stopBroker();
        publisher.close();
        publisher = publisher(10);
        for (int i = 0; i < 25; i++) {
            publisher.offer(result(i), null);
        }
        assertEquals(15, publisher.account().dropped());
        assertEquals(10, publisher.account().waiting());
        startBroker();
        awaitConfirmed(10);
        await(() -> ids().size() >= 10);
        assertEquals("line/cam-1-15", ids().get(0));
        assertTrue(publisher.account().balanced());
    }

    @Test
    void the_status_tells_birth_and_orderly_end() throws Exception {
        publisher.onEvent(new PipelineEvent(PipelineEvent.Kind.BORN, "line", Instant.now(), "m 1.0.0", "a,b", "serves"));
        await(() -> received.stream().anyMatch(message -> message.startsWith("amarena/gw/line/status ")
                && message.contains("\"serving\"")));
        await(() -> received.stream().anyMatch(message -> message.startsWith("amarena/gw/status ")
                && message.contains("online")));
        await(() -> received.stream().anyMatch(message -> message.startsWith("amarena/gw/line/event ")));
        publisher.close();
        await(() -> received.stream().anyMatch(message -> message.startsWith("amarena/gw/status ")
                && message.contains("offline")));
    }

    @Test
    void a_publisher_leaves_no_thread_behind() throws Exception {
        publisher.offer(result(1), null);
        awaitConfirmed(1);
        publisher.close();
        await(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(thread ->
                thread.getName().startsWith("amarena-mqtt") || thread.getName().contains("amarena-gw-local")));
    }

    private MqttPublisher publisher(final int maxWaiting) {
        return new MqttPublisher(new PublisherSettings("local", "tcp://127.0.0.1:" + port, "", "gateway", "secret", "amarena",
                1, 30, 50, maxWaiting, 1 << 24, 20, 100), "gw", new PahoTransport());
    }

    private void startBroker() throws Exception {
        final Properties properties = new Properties();
        properties.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
        properties.setProperty(IConfig.PORT_PROPERTY_NAME, String.valueOf(port));
        properties.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, "true");
        properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
        properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
        broker = new Server();
        // The publisher is not let in before the listener listens, so that the listener hears everything.
        final AtomicBoolean listening = new AtomicBoolean();
        broker.startServer(new MemoryConfig(properties), List.of(), null,
                (clientId, user, password) -> listening.get(), null);
        listener = new MqttClient("tcp://127.0.0.1:" + port, "listener", new MemoryPersistence());
        listener.connect();
        listener.subscribe("#", 1, (topic, message) -> received.add(topic + ' ' + message));
        listening.set(true);
    }

    private void stopBroker() throws Exception {
        listener.disconnectForcibly(0, 100);
        listener.close(true);
        broker.stopServer();
    }

    private boolean awaitConfirmed(final long count) throws InterruptedException {
        await(() -> publisher.account().confirmed() >= count);
        return true;
    }

    private List<String> ids() {
        final List<String> ids = new ArrayList<>();
        for (final String message : received) {
            final String topic = message.substring(0, message.indexOf(' '));
            if (topic.endsWith("/result")) {
                try (JsonReader reader = Json.createReader(new ByteArrayInputStream(
                        message.substring(topic.length() + 1).getBytes()))) {
                    final JsonObject json = reader.readObject();
                    ids.add(json.getString("id"));
                }
            }
        }
        return ids;
    }

    private static void await(final BooleanSupplier condition) throws InterruptedException {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - until < 0, "it did not happen in time");
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static Result result(final long number) {
        return new TestResult(new FrameId(1, "cam", number));
    }

    private record TestResult(FrameId frame) implements Result {

        @Override
        public String messageId() {
            return "line/" + frame;
        }

        @Override
        public String pipeline() {
            return "line";
        }

        @Override
        public Instant capturedAt() {
            return Instant.EPOCH;
        }

        @Override
        public Map<String, String> attributes() {
            return Map.of();
        }

        @Override
        public int frameWidth() {
            return 10;
        }

        @Override
        public int frameHeight() {
            return 10;
        }

        @Override
        public Optional<ModelId> model() {
            return Optional.empty();
        }

        @Override
        public String device() {
            return "";
        }

        @Override
        public Timings timings() {
            return Timings.NONE;
        }

        @Override
        public Optional<Outcome> outcome() {
            return Optional.of(Detections.of(List.of()));
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.empty();
        }
    }
}
