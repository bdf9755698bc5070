/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.transport;

/** Hears what happens in one session. Called on threads of the transport: only enqueue, return at once. */
public interface MqttListener {

    /** The broker confirmed a message of QoS 1 or 2, or a message of QoS 0 was written to the connection. */
    void confirmed(long token);

    /** The session is over without {@link MqttSession#close()}; no more calls follow. */
    void lost(String reason);

    /** A message of a subscription arrived. */
    default void received(final MqttMessage message) {
    }
}
