/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.backend;

import java.util.Objects;
import java.util.Set;

/**
 * Something that a backend runs models on. Immutable.
 */
public final class Device {

    private final String id;
    private final DeviceKind kind;
    private final String description;
    private final long memoryBytes;
    private final Set<String> precisions;

    private Device(final String id, final DeviceKind kind, final String description, final long memoryBytes,
            final Set<String> precisions) {
        this.id = Objects.requireNonNull(id, "id");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.description = Objects.requireNonNull(description, "description");
        this.memoryBytes = memoryBytes;
        this.precisions = Set.copyOf(precisions);
    }

    /**
     * A device with nothing more known about it.
     *
     * @param id unique within the gateway and stable over restarts, such as {@code cpu} or {@code gpu:0}
     */
    public static Device of(final String id, final DeviceKind kind) {
        return new Device(id, kind, id, 0, Set.of());
    }

    /** With a name for people, such as the processor's model and its vector extensions. */
    public Device withDescription(final String text) {
        return new Device(id, kind, text, memoryBytes, precisions);
    }

    /** With memory of its own; 0 where it shares the memory of the host. */
    public Device withMemoryBytes(final long bytes) {
        return new Device(id, kind, description, bytes, precisions);
    }

    /** With the precisions that run well on it, in the words of model descriptors: {@code fp32 fp16 int8 …}. */
    public Device withPrecisions(final Set<String> supported) {
        return new Device(id, kind, description, memoryBytes, supported);
    }

    public String id() {
        return id;
    }

    public DeviceKind kind() {
        return kind;
    }

    public String description() {
        return description;
    }

    public long memoryBytes() {
        return memoryBytes;
    }

    public Set<String> precisions() {
        return precisions;
    }

    @Override
    public String toString() {
        return id;
    }
}
