/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.result;

import io.amarena.api.frame.FrameId;
import io.amarena.api.model.ModelId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What became of one frame in one pipeline, with where it came from and what made it. Immutable, thread-safe, and
 * without any share in the frame's memory.
 */
@ProviderType
public interface Result {

    /** Stable over repeated deliveries and unique per frame and pipeline, for consumers that drop duplicates. */
    String messageId();

    String pipeline();

    FrameId frame();

    Instant capturedAt();

    /** Attributes of the frame. */
    Map<String, String> attributes();

    /** Size of the picture in pixels; 0 where there is none or it could not be read. */
    int frameWidth();

    /** Size of the picture in pixels; 0 where there is none or it could not be read. */
    int frameHeight();

    /** The model that made the outcome; empty when the frame reached none. */
    Optional<ModelId> model();

    /** Backend and device that ran it, such as {@code onnxruntime/cpu}; empty when the frame reached none. */
    String device();

    Timings timings();

    /** Present unless the frame failed. */
    Optional<Outcome> outcome();

    /** Present when the frame failed. */
    Optional<Failure> failure();
}
