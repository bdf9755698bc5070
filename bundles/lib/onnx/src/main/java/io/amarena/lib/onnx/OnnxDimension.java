/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import java.util.Objects;

/**
 * One dimension of a declared shape.
 *
 * @param size   −1 when it is free
 * @param symbol name of a free dimension, such as {@code batch}; empty where it has none
 */
public record OnnxDimension(long size, String symbol) {

    /** A dimension that is only known when the model runs. */
    public static final long FREE = -1;

    public OnnxDimension {
        Objects.requireNonNull(symbol, "symbol");
    }

    public boolean free() {
        return size == FREE;
    }

    @Override
    public String toString() {
        return free() ? symbol.isEmpty() ? "?" : symbol : Long.toString(size);
    }
}
