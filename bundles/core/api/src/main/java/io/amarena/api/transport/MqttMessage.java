/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.transport;

import java.util.Objects;

/**
 * One MQTT message.
 *
 * @param topic    without wildcards
 * @param payload  not copied; not changed afterwards
 * @param qos      0, 1 or 2
 * @param retained whether the broker keeps it for later subscribers
 */
public record MqttMessage(String topic, byte[] payload, int qos, boolean retained) {

    public MqttMessage {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(payload, "payload");
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("The quality of service is 0, 1 or 2, not " + qos);
        }
    }
}
