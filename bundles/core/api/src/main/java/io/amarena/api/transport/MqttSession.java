/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.transport;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** One connection to a broker. Thread-safe; messages leave in the order in which they were given. */
@ProviderType
public interface MqttSession extends AutoCloseable {

    /**
     * Sends a message without waiting for the network.
     *
     * @return a token, rising from 1 within the session, that {@link MqttListener#confirmed} names
     * @throws MqttException when the session is over or too many messages are in flight
     */
    long publish(MqttMessage message) throws MqttException;

    /** Subscribes and waits for the broker's answer, at most the options' time-out. */
    void subscribe(String topicFilter, int qos) throws MqttException;

    /** Disconnects in an orderly way, so that no will is sent; then closes. */
    void disconnect(Duration atMost);

    /** Cuts the connection; the broker sends the will. Idempotent. */
    @Override
    void close();
}
