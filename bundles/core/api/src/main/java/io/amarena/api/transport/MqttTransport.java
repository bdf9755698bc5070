/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.transport;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens MQTT 3.1.1 sessions, as a service. Every publisher opens sessions of its own, with its own client id and
 * its own will; when to try again after a loss is the publisher's decision.
 */
@ProviderType
public interface MqttTransport {

    /**
     * Connects once, with a clean session. Waits for the broker's answer, at most the options' time-out.
     *
     * @param listener told about the session until it is closed
     * @throws MqttException when there is no session; the message names the broker, the cause and the remedy
     */
    MqttSession connect(MqttOptions options, MqttListener listener) throws MqttException;
}
