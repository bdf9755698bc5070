/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.publishers.mqtttransport;

import io.amarena.api.transport.MqttException;
import io.amarena.api.transport.MqttListener;
import io.amarena.api.transport.MqttOptions;
import io.amarena.api.transport.MqttSession;
import io.amarena.api.transport.MqttTransport;
import org.osgi.service.component.annotations.Component;

/**
 * The MQTT transport over Eclipse Paho, used as a bare transport: a new client for every session, in-memory
 * persistence, and neither Paho's own reconnect nor its own buffers, whose queues cannot be bounded or counted.
 */
@Component
public final class PahoTransport implements MqttTransport {

    @Override
    public MqttSession connect(final MqttOptions options, final MqttListener listener) throws MqttException {
        return PahoSession.open(options, listener);
    }
}
