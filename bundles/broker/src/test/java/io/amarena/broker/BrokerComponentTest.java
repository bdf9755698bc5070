/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;

class BrokerComponentTest {

    @Test
    void a_message_reaches_a_subscriber_and_the_port_is_free_after_the_stop() throws Exception {
        final int port = freePort();
        for (int round = 0; round < 2; round++) {
            final BrokerComponent broker = new BrokerComponent(config("127.0.0.1", port));
            try {
                final BlockingQueue<String> received = new LinkedBlockingQueue<>();
                final MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, "test", new MemoryPersistence());
                client.connect();
                client.subscribe("a/#", 1, (topic, message) -> received.add(topic + " " + message));
                client.publish("a/b", "hello".getBytes(), 1, false);
                assertEquals("a/b hello", received.poll(10, TimeUnit.SECONDS));
                client.disconnect();
                client.close();
            } finally {
                broker.deactivate();
            }
        }
    }

    @Test
    void a_client_without_an_id_gets_one_as_command_line_tools_expect() throws Exception {
        final int port = freePort();
        final BrokerComponent broker = new BrokerComponent(config("127.0.0.1", port));
        try {
            final MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, "", new MemoryPersistence());
            client.connect();
            assertTrue(client.isConnected());
            client.disconnect();
            client.close();
        } finally {
            broker.deactivate();
        }
    }

    @Test
    void a_port_in_use_is_named_with_the_setting_to_change() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            final String message = assertThrows(IOException.class,
                    () -> new BrokerComponent(config("127.0.0.1", taken.getLocalPort()))).getMessage();
            assertTrue(message.contains(String.valueOf(taken.getLocalPort())), message);
            assertTrue(message.contains("setting port of io.amarena.broker"), message);
        }
    }

    @Test
    void an_address_that_others_can_reach_is_refused() {
        final String message = assertThrows(IllegalArgumentException.class,
                () -> new BrokerComponent(config("0.0.0.0", 1883))).getMessage();
        assertTrue(message.contains("0.0.0.0"), message);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static BrokerComponent.Config config(final String host, final int port) {
        return new BrokerComponent.Config() {

            @Override
            public Class<? extends Annotation> annotationType() {
                return BrokerComponent.Config.class;
            }

            @Override
            public String host() {
                return host;
            }

            @Override
            public int port() {
                return port;
            }
        };
    }
}
