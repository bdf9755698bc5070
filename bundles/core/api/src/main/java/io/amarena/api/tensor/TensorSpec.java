/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.tensor;

import java.util.Objects;

/**
 * What a model declares about one input or output.
 *
 * @param name  as in the model's graph
 * @param type  of the elements
 * @param shape with −1 for free dimensions; the first one counts the batch
 */
public record TensorSpec(String name, ElementType type, Shape shape) {

    public TensorSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(shape, "shape");
    }

    @Override
    public String toString() {
        return name + " " + type + shape;
    }
}
