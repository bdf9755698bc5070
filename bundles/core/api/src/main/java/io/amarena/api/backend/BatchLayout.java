/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.backend;

import io.amarena.api.tensor.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The room that one batch needs: how many frames at most, and the shape of each input for that many. Immutable, with
 * value equality and a cached hash code, because sessions look slots up by it.
 */
public final class BatchLayout {

    private final int capacity;
    private final Map<String, Shape> inputs;
    private final int hash;

    /**
     * A layout.
     *
     * @param capacity frames per batch, at least 1
     * @param inputs   input name to concrete shape; dimension 0 counts frames and equals the capacity, except for
     *                 inputs that all frames of a batch share
     */
    public BatchLayout(final int capacity, final Map<String, Shape> inputs) {
        if (capacity < 1) {
            throw new IllegalArgumentException("A batch needs room for at least 1 frame, not " + capacity);
        }
        this.capacity = capacity;
        this.inputs = new LinkedHashMap<>(Objects.requireNonNull(inputs, "inputs"));
        this.hash = 31 * capacity + this.inputs.hashCode();
        for (final Map.Entry<String, Shape> input : this.inputs.entrySet()) {
            if (input.getValue().hasFreeDimensions()) {
                throw new IllegalArgumentException("Input " + input.getKey() + " has the shape " + input.getValue()
                        + "; a batch needs every dimension");
            }
        }
    }

    public int capacity() {
        return capacity;
    }

    /** Input name to shape, in the order given; unmodifiable. */
    public Map<String, Shape> inputs() {
        return Collections.unmodifiableMap(inputs);
    }

    @Override
    public boolean equals(final Object other) {
        return this == other || other instanceof BatchLayout
                && capacity == ((BatchLayout) other).capacity && inputs.equals(((BatchLayout) other).inputs);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return capacity + " x " + inputs;
    }
}
