/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

/**
 * One result at the subscriber.
 *
 * @param topic    prefix of the publisher that sent it
 * @param pipeline that made it
 * @param sequence of the frame
 * @param id       of the message
 * @param version  of the model; empty where the frame reached none
 * @param digest   of the model; empty where the frame reached none
 * @param failure  message; empty where there is an outcome
 * @param millis   from the frame's acceptance to its result
 * @param underway from the frame's capture to the subscriber
 * @param nanos    when it came
 */
record Received(String topic, String pipeline, long sequence, String id, String version, String digest,
        String failure, double millis, long underway, long nanos) {
}
