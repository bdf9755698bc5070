/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.tensor;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The inputs or the outputs of one batch, by name. Not thread-safe. */
@ProviderType
public interface Tensors {

    /** In the order of the model's graph. */
    List<TensorSpec> specs();

    /**
     * The tensor of that name.
     *
     * @throws IllegalArgumentException when there is none, with the names that there are
     */
    Tensor get(String name);
}
