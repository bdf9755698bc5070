/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.frame;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Pooled native memory that a source fills before it offers a frame.
 *
 * <p>It belongs to whoever allocated it until it is offered. An offer takes it over, whatever the answer; a buffer
 * that is not offered is given back with {@link #close()}. Not thread-safe.
 */
@ProviderType
public interface FrameBuffer extends AutoCloseable {

    /** A direct buffer in native byte order of exactly the requested size; the same object at every call. */
    ByteBuffer bytes();

    /** Gives the memory back; does nothing when it was already offered or closed. */
    @Override
    void close();
}
