/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.frame;

import java.util.Objects;

/**
 * The identity of one frame, unique over restarts of a gateway.
 *
 * @param epoch    the boot epoch of the gateway: milliseconds since 1970 at its start, larger after each restart
 * @param source   name of the source that produced the frame
 * @param sequence number of the frame within source and epoch, from 0, without gaps among the offered frames
 */
public record FrameId(long epoch, String source, long sequence) {

    public FrameId {
        Objects.requireNonNull(source, "source");
    }

    /** The form used in messages: {@code source-epoch-sequence}, epoch in hexadecimal. */
    @Override
    public String toString() {
        return source + '-' + Long.toHexString(epoch) + '-' + sequence;
    }
}
