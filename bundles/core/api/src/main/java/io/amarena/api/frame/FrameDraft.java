/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.frame;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A frame as a source offers it, before the gateway gave it an identity.
 *
 * <p>The content must lie in the memory of the buffer. Instances are immutable; the {@code with} methods return a
 * changed copy.
 */
public final class FrameDraft {

    private final FrameBuffer buffer;
    private final FrameContent content;
    private final Instant capturedAt;
    private final Map<String, String> attributes;

    private FrameDraft(final FrameBuffer buffer, final FrameContent content, final Instant capturedAt,
            final Map<String, String> attributes) {
        this.buffer = Objects.requireNonNull(buffer, "buffer");
        this.content = Objects.requireNonNull(content, "content");
        this.capturedAt = Objects.requireNonNull(capturedAt, "capturedAt");
        this.attributes = attributes;
    }

    /** A draft that was captured now and has no attributes. */
    public static FrameDraft of(final FrameBuffer buffer, final FrameContent content) {
        return new FrameDraft(buffer, content, Instant.now(), Map.of());
    }

    public FrameDraft withCapturedAt(final Instant instant) {
        return new FrameDraft(buffer, content, instant, attributes);
    }

    public FrameDraft withAttribute(final String name, final String value) {
        final Map<String, String> more = new LinkedHashMap<>(attributes);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new FrameDraft(buffer, content, capturedAt, Map.copyOf(more));
    }

    public FrameBuffer buffer() {
        return buffer;
    }

    public FrameContent content() {
        return content;
    }

    public Instant capturedAt() {
        return capturedAt;
    }

    public Map<String, String> attributes() {
        return attributes;
    }
}
