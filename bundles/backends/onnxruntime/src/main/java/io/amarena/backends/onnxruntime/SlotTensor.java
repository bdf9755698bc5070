/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.TensorSpec;
import java.nio.ByteBuffer;

/** A tensor of a slot; where and how large it is, the slot says after each run. */
final class SlotTensor implements Tensor {

    private final TensorSpec spec;
    private Shape shape;
    private ByteBuffer data;

    SlotTensor(final TensorSpec spec) {
        this.spec = spec;
    }

    void lies(final Shape newShape, final ByteBuffer newData) {
        shape = newShape;
        data = newData;
    }

    @Override
    public TensorSpec spec() {
        return spec;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public ByteBuffer data() {
        return data;
    }

    @Override
    public String toString() {
        return spec.name() + ' ' + spec.type() + shape;
    }
}
