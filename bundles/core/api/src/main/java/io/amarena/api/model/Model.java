/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A model pack's content, copied out of its bundle: it stays readable when the bundle is updated or gone.
 * Thread-safe.
 */
@ProviderType
public interface Model {

    ModelId id();

    ModelDescriptor descriptor();

    /** The model file: a read-only direct buffer from index 0, mapped from the gateway's own store. */
    ByteBuffer bytes() throws IOException;

    /**
     * Another file of the pack.
     *
     * @param path as the descriptor names it, such as {@code labels.txt}
     * @throws java.nio.file.NoSuchFileException when the pack has no such file
     */
    byte[] file(String path) throws IOException;
}
