/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.publish;

import java.util.Objects;

/**
 * How a publisher is.
 *
 * @param healthy whether results leave the gateway at the moment
 * @param message for people: where it is connected to, or what is wrong and what to do
 */
public record PublisherStatus(boolean healthy, String message) {

    public PublisherStatus {
        Objects.requireNonNull(message, "message");
    }
}
