/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.tensor;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A dense tensor in native memory, row-major.
 *
 * <p>Belongs to the slot that it comes from and is valid until the slot is released. Not thread-safe.
 */
@ProviderType
public interface Tensor {

    TensorSpec spec();

    /** The actual shape, without free dimensions. */
    Shape shape();

    /**
     * The elements: a direct buffer in native byte order, from index 0. The same object as long as the tensor has
     * the same place and size; readers and writers use absolute access or a duplicate.
     */
    ByteBuffer data();
}
