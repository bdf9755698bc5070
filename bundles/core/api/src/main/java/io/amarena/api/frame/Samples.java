/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.frame;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A window of sensor values: {@code length} instants of {@code channels} values each, float32 in native byte order,
 * interleaved by instant (value of channel c at instant t at float index {@code t * channels + c}).
 *
 * @param channels at least 1
 * @param length   number of instants, at least 1
 * @param hertz    sampling rate, instants per second; 0 where it is unknown
 * @param values   {@code 4 * channels * length} bytes from index 0
 */
public record Samples(int channels, int length, double hertz, ByteBuffer values) implements FrameContent {

    public Samples {
        Objects.requireNonNull(values, "values");
        if (channels < 1 || length < 1) {
            throw new IllegalArgumentException("A window of " + length + " instants of " + channels
                    + " channels has no content");
        }
        if (values.capacity() < 4L * channels * length) {
            throw new IllegalArgumentException("A window of " + length + " instants of " + channels
                    + " channels needs " + 4L * channels * length + " bytes, the buffer has " + values.capacity());
        }
    }
}
