/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.stagekit;

import io.amarena.api.backend.BatchLayout;
import io.amarena.api.tensor.ElementType;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.api.tensor.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tensors in memory of their own. */
final class KitTensors implements Tensors {

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private record Room(TensorSpec spec, Shape shape, ByteBuffer data) implements Tensor {
    }

    /** Room for one batch. */
    static KitTensors of(final List<TensorSpec> specs, final BatchLayout layout) {
        final KitTensors made = new KitTensors();
        for (final TensorSpec spec : specs) {
            made.add(spec, layout.inputs().getOrDefault(spec.name(), spec.shape()));
        }
        return made;
    }

    private ByteBuffer add(final TensorSpec spec, final Shape shape) {
        final ByteBuffer data = ByteBuffer.allocateDirect(Math.toIntExact(shape.elements() * spec.type().bytes()))
                .order(ByteOrder.nativeOrder());
        tensors.put(spec.name(), new Room(spec, shape, data));
        return data;
    }

    /** Adds a float output with its values; the batch dimension is declared free. */
    KitTensors with(final String name, final Shape shape, final float... values) {
        add(new TensorSpec(name, ElementType.FLOAT32, shape.with(0, Shape.FREE)), shape).asFloatBuffer().put(values);
        return this;
    }

    @Override
    public List<TensorSpec> specs() {
        return tensors.values().stream().map(Tensor::spec).toList();
    }

    @Override
    public Tensor get(final String name) {
        final Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("There is no tensor " + name + ", only " + tensors.keySet());
        }
        return tensor;
    }

    /** The bytes of all tensors. */
    List<ByteBuffer> bytes() {
        final List<ByteBuffer> bytes = new ArrayList<>();
        tensors.values().forEach(tensor -> bytes.add(copy(tensor.data())));
        return bytes;
    }

    static ByteBuffer copy(final ByteBuffer from) {
        final ByteBuffer source = from.duplicate().clear();
        return ByteBuffer.allocate(source.remaining()).put(source).flip();
    }
}
