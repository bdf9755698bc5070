/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.frame;

import java.time.Instant;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One accepted input: identity, capture time, content, and a share in pooled memory.
 *
 * <p>A frame is counted: it is handed over with a share that lasts for the call. Who needs it longer calls
 * {@link #retain()} and later {@link #release()} exactly once. After the last release the memory goes back to its
 * pool, and the content must no longer be read. All methods may be called from any thread.
 */
@ProviderType
public interface Frame {

    FrameId id();

    /** When the sensor saw it, by the wall clock of the gateway. */
    Instant capturedAt();

    FrameContent content();

    /** What the source knows about the frame beside its content, such as a file name; never null, unmodifiable. */
    Map<String, String> attributes();

    /** Takes one more share. Throws {@link IllegalStateException} when the last share was already given back. */
    void retain();

    /** Gives one share back. Throws {@link IllegalStateException} when there is none left. */
    void release();
}
