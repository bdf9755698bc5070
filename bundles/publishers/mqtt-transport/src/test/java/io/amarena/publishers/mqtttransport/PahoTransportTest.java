/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.publishers.mqtttransport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.transport.MqttException;
import io.amarena.api.transport.MqttListener;
import io.amarena.api.transport.MqttMessage;
import io.amarena.api.transport.MqttOptions;
import io.amarena.api.transport.MqttSession;
import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import io.moquette.broker.security.IAuthenticator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real broker. */
class PahoTransportTest {

    private static final Duration SHORT = Duration.ofSeconds(2);

    private final PahoTransport transport = new PahoTransport();
    private final Ears ears = new Ears();
    private Server broker;
    private int port;

    @BeforeEach
    void start() throws IOException {
        port = freePort();
        broker = broker(true);
    }

    @AfterEach
    void stop() {
        broker.stopServer();
    }

    @Test
    void messages_arrive_in_order_and_every_token_is_confirmed() throws Exception {
        final Ears others = new Ears();
        try (MqttSession subscriber = transport.connect(options("subscriber"), others);
                MqttSession session = transport.connect(options("publisher"), ears)) {
            subscriber.subscribe("line/#", 1);
            for (int i = 1; i <= 100; i++) {
                assertEquals(i, session.publish(message("line/a", String.valueOf(i), 1)));
            }
            for (int i = 1; i <= 100; i++) {
                assertEquals("line/a " + i, others.received.poll(20, TimeUnit.SECONDS));
            }
            await(() -> ears.confirmed.size() == 100);
            assertEquals(100, ears.confirmed.stream().distinct().count());
            assertEquals(101, session.publish(message("line/a", "unconfirmed by the broker", 0)));
            await(() -> ears.confirmed.contains(101L));
        }
    }

    @Test
    void an_orderly_end_sends_no_will_and_a_cut_does() throws Exception {
        final Ears others = new Ears();
        try (MqttSession subscriber = transport.connect(options("subscriber"), others)) {
            subscriber.subscribe("will/#", 1);
            transport.connect(options("one").withWill(message("will/one", "gone", 1)), ears).disconnect(SHORT);
            transport.connect(options("two").withWill(message("will/two", "gone", 1)), ears).close();
            assertEquals("will/two gone", others.received.poll(20, TimeUnit.SECONDS));
            assertNull(others.received.poll());
        }
        assertTrue(ears.lost.isEmpty(), "an end that was asked for is no loss");
    }

    @Test
    void a_broker_that_goes_away_is_told_once_and_the_session_is_over() throws Exception {
        try (MqttSession session = transport.connect(options("publisher"), ears)) {
            broker.stopServer();
            assertNotNull(ears.lost.poll(20, TimeUnit.SECONDS));
            final MqttException over = assertThrows(MqttException.class,
                    () -> session.publish(message("a", "b", 1)));
            assertTrue(over.getMessage().contains("is over; open another one"), over.getMessage());
            assertFalse(over.temporary());
        } finally {
            broker = broker(true);
        }
        assertTrue(ears.lost.isEmpty());
    }

    @Test
    void a_second_client_of_one_id_takes_the_session_and_the_reason_says_so() throws Exception {
        try (MqttSession first = transport.connect(options("same"), ears);
                MqttSession second = transport.connect(options("same"), new Ears())) {
            final String reason = ears.lost.poll(20, TimeUnit.SECONDS);
            assertNotNull(reason);
            assertTrue(reason.contains("client id"), reason);
            second.publish(message("a", "b", 1));
            first.disconnect(SHORT);
        }
    }

    @Test
    void each_way_to_fail_names_the_broker_and_the_remedy() throws Exception {
        refused("tcp://127.0.0.1:" + freePort(), true, "connection refused", "check that the broker runs");
        refused("tcp://no-such-host.invalid:1883", true, "unknown host no-such-host.invalid", "check the name");
        refused("http://127.0.0.1:1883", false, "http://127.0.0.1:1883", "tcp://host:1883");
        refused("nonsense", false, "nonsense", "tcp://host:1883");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            refused("tcp://127.0.0.1:" + silent.getLocalPort(), true, "no answer in time", "check the network");
        }
    }

    @Test
    void a_wrong_password_is_not_temporary_and_says_what_to_check() throws Exception {
        broker.stopServer();
        broker = broker(false);
        final MqttException refused = assertThrows(MqttException.class, () -> transport.connect(
                options("publisher").withCredentials("user", "wrong"), ears));
        assertTrue(refused.getMessage().contains("check user and password"), refused.getMessage());
        assertFalse(refused.temporary());
        transport.connect(options("publisher").withCredentials("user", "right"), ears).disconnect(SHORT);
    }

    @Test
    void too_many_unconfirmed_messages_are_refused_for_a_while() throws Exception {
        try (MqttSession session = transport.connect(options("publisher").withInFlight(2), ears)) {
            MqttException full = null;
            for (int i = 0; i < 10_000 && full == null; i++) {
                try {
                    session.publish(message("a", "b", 1));
                } catch (final MqttException refused) {
                    full = refused;
                }
            }
            assertNotNull(full, "the broker was faster than this machine can send");
            assertTrue(full.temporary() && full.getMessage().contains("unconfirmed"), full.getMessage());
            await(() -> {
                try {
                    return session.publish(message("a", "later", 1)) > 2;
                } catch (final MqttException still) {
                    return false;
                }
            });
        }
    }

    @Test
    void a_topic_that_cannot_be_is_refused_and_the_session_goes_on() throws Exception {
        try (MqttSession session = transport.connect(options("publisher"), ears)) {
            final MqttException refused = assertThrows(MqttException.class,
                    () -> session.publish(message("a/#", "b", 1)));
            assertTrue(refused.getMessage().contains("a/#"), refused.getMessage());
            assertEquals(1, session.publish(message("a", "b", 1)));
            await(() -> ears.confirmed.size() == 1);
        }
    }

    @Test
    void closed_twice_it_leaves_no_thread() throws Exception {
        final MqttSession session = transport.connect(options("threads"), ears);
        session.close();
        session.close();
        session.disconnect(SHORT);
        await(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(thread ->
                thread.getName().contains("threads")));
    }

    private void refused(final String uri, final boolean temporary, final String... parts) {
        final MqttException refused = assertThrows(MqttException.class, () -> transport.connect(
                MqttOptions.of(uri, "publisher").withTimeout(SHORT), ears));
        for (final String part : parts) {
            assertTrue(refused.getMessage().contains(part), refused.getMessage());
        }
        assertEquals(temporary, refused.temporary(), refused.getMessage());
        assertTrue(ears.lost.isEmpty());
    }

    private MqttOptions options(final String clientId) {
        return MqttOptions.of("tcp://127.0.0.1:" + port, clientId);
    }

    private static MqttMessage message(final String topic, final String text, final int qos) {
        return new MqttMessage(topic, text.getBytes(StandardCharsets.UTF_8), qos, false);
    }

    private Server broker(final boolean anonymous) throws IOException {
        final Properties properties = new Properties();
        properties.setProperty(IConfig.HOST_PROPERTY_NAME, "127.0.0.1");
        properties.setProperty(IConfig.PORT_PROPERTY_NAME, String.valueOf(port));
        properties.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, String.valueOf(anonymous));
        properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
        properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
        final IAuthenticator passwords = (clientId, user, password) ->
                anonymous || password != null && new String(password, StandardCharsets.UTF_8).equals("right");
        final Server server = new Server();
        server.startServer(new MemoryConfig(properties), List.of(), null, passwords, null);
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static void await(final BooleanSupplier condition) throws InterruptedException {
        final long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - until < 0, "it did not happen in time");
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static final class Ears implements MqttListener {

        private final BlockingQueue<Long> confirmed = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> lost = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        @Override
        public void confirmed(final long token) {
            confirmed.add(token);
        }

        @Override
        public void lost(final String reason) {
            lost.add(reason);
        }

        @Override
        public void received(final MqttMessage message) {
            received.add(message.topic() + ' ' + new String(message.payload(), StandardCharsets.UTF_8));
        }
    }
}
