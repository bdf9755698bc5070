/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.publishers.mqtttransport;

import io.amarena.api.transport.MqttException;
import io.amarena.api.transport.MqttListener;
import io.amarena.api.transport.MqttMessage;
import io.amarena.api.transport.MqttOptions;
import io.amarena.api.transport.MqttSession;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session: one Paho client from its connect to its end. */
final class PahoSession implements MqttSession {

    private static final Logger LOG = LoggerFactory.getLogger(PahoSession.class);
    private static final long QUIESCE_MILLIS = 100;
    private static final long FORCED_MILLIS = 500;

    private final MqttOptions options;
    private final MqttListener listener;
    private final MqttAsyncClient client;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private long tokens;

    private PahoSession(final MqttOptions options, final MqttListener listener, final MqttAsyncClient client) {
        this.options = options;
        this.listener = listener;
        this.client = client;
    }

    static PahoSession open(final MqttOptions options, final MqttListener listener) throws MqttException {
        final MqttAsyncClient client;
        try {
            client = new MqttAsyncClient(options.uri(), options.clientId(), new MemoryPersistence());
        } catch (final org.eclipse.paho.client.mqttv3.MqttException | IllegalArgumentException unusable) {
            throw new MqttException("The broker address " + options.uri() + " or the client id " + options.clientId()
                    + " cannot be used: " + unusable.getMessage() + "; an address has the form tcp://host:1883", false,
                    unusable);
        }
        final PahoSession session = new PahoSession(options, listener, client);
        client.setCallback(session.new Callback());
        try {
            client.connect(session.connectOptions()).waitForCompletion(options.timeout().toMillis());
            return session;
        } catch (final org.eclipse.paho.client.mqttv3.MqttException refused) {
            session.over.set(true);
            session.close();
            throw PahoFailures.connecting(options.uri(), refused);
        } catch (final IllegalArgumentException unusable) {
            session.over.set(true);
            session.close();
            throw new MqttException("The options for " + options.uri() + " cannot be used: " + unusable.getMessage(),
                    false, unusable);
        }
    }

    private MqttConnectOptions connectOptions() {
        final MqttConnectOptions connect = new MqttConnectOptions();
        connect.setCleanSession(true);
        connect.setAutomaticReconnect(false);
        connect.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        connect.setMaxInflight(options.inFlight());
        connect.setKeepAliveInterval((int) options.keepAlive().toSeconds());
        connect.setConnectionTimeout((int) Math.max(1, options.timeout().toSeconds()));
        options.user().ifPresent(connect::setUserName);
        options.password().ifPresent(password -> connect.setPassword(password.toCharArray()));
        options.will().ifPresent(will -> connect.setWill(will.topic(), will.payload(), will.qos(), will.retained()));
        return connect;
    }

    @Override
    public synchronized long publish(final MqttMessage message) throws MqttException {
        if (over.get()) {
            throw new MqttException("The session with " + options.uri() + " is over; open another one", false, null);
        }
        final org.eclipse.paho.client.mqttv3.MqttMessage sent =
                new org.eclipse.paho.client.mqttv3.MqttMessage(message.payload());
        sent.setQos(message.qos());
        sent.setRetained(message.retained());
        final long token = tokens + 1;
        try {
            client.publish(message.topic(), sent, token, null);
        } catch (final org.eclipse.paho.client.mqttv3.MqttException failed) {
            throw PahoFailures.publishing(options.uri(), message.topic(), failed);
        } catch (final IllegalArgumentException unusable) {
            throw new MqttException("The topic " + message.topic() + " cannot be published to: "
                    + unusable.getMessage(), false, unusable);
        }
        tokens = token;
        return token;
    }

    @Override
    public void subscribe(final String topicFilter, final int qos) throws MqttException {
        try {
            final IMqttToken token = client.subscribe(topicFilter, qos);
            token.waitForCompletion(options.timeout().toMillis());
            if (token.getGrantedQos().length > 0 && token.getGrantedQos()[0] == 0x80) {
                throw new MqttException("The broker " + options.uri() + " does not allow to subscribe to "
                        + topicFilter + ": check its access rules", false, null);
            }
        } catch (final org.eclipse.paho.client.mqttv3.MqttException failed) {
            throw PahoFailures.publishing(options.uri(), topicFilter, failed);
        }
    }

    @Override
    public void disconnect(final Duration atMost) {
        if (over.compareAndSet(false, true)) {
            try {
                client.disconnect(QUIESCE_MILLIS).waitForCompletion(Math.max(1, atMost.toMillis()));
            } catch (final org.eclipse.paho.client.mqttv3.MqttException failed) {
                LOG.debug("The disconnect from {} did not go well; the connection is cut", options.uri(), failed);
            }
        }
        close();
    }

    @Override
    public void close() {
        over.set(true);
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            client.disconnectForcibly(0, FORCED_MILLIS, false);
        } catch (final org.eclipse.paho.client.mqttv3.MqttException already) {
            LOG.debug("The connection to {} was cut already", options.uri(), already);
        }
        try {
            client.close(true);
        } catch (final org.eclipse.paho.client.mqttv3.MqttException failed) {
            LOG.warn("The client of {} could not be closed: {}", options.uri(), failed.toString());
        }
    }

    private void lost(final String reason) {
        if (over.compareAndSet(false, true)) {
            listener.lost(reason);
        }
    }

    /** Called on Paho's threads. */
    private final class Callback implements MqttCallback {

        @Override
        public void connectionLost(final Throwable cause) {
            lost(PahoFailures.reason(cause));
        }

        @Override
        public void messageArrived(final String topic, final org.eclipse.paho.client.mqttv3.MqttMessage message) {
            listener.received(new MqttMessage(topic, message.getPayload(), message.getQos(), message.isRetained()));
        }

        @Override
        public void deliveryComplete(final IMqttDeliveryToken token) {
            if (token.getException() == null && token.getUserContext() instanceof Long) {
                listener.confirmed((Long) token.getUserContext());
            }
        }
    }
}
