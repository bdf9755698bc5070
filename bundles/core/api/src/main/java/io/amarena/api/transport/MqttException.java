/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.transport;

/** Something did not work with an MQTT broker. The message names the broker, the cause and the remedy. */
public class MqttException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    /**
     * A failure.
     *
     * @param temporary whether the same call may succeed later
     */
    public MqttException(final String message, final boolean temporary, final Throwable cause) {
        super(message, cause);
        this.temporary = temporary;
    }

    public boolean temporary() {
        return temporary;
    }
}
