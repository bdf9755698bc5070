/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.detection;

import io.amarena.api.model.Size;
import io.amarena.api.model.StageSettings;
import io.amarena.api.stage.StageContext;
import io.amarena.api.tensor.ElementType;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.api.tensor.Tensors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Outputs of a model with given numbers, and a context that declares them. */
final class Outputs implements Tensors {

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    Outputs with(final String name, final Shape shape, final float... values) {
        final ByteBuffer data = ByteBuffer.allocateDirect(4 * (int) shape.elements()).order(ByteOrder.nativeOrder());
        data.asFloatBuffer().put(values);
        final TensorSpec spec = new TensorSpec(name, ElementType.FLOAT32, shape.with(0, Shape.FREE));
        tensors.put(name, new Tensor() {

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
        });
        return this;
    }

    @Override
    public List<TensorSpec> specs() {
        final List<TensorSpec> specs = new ArrayList<>();
        tensors.values().forEach(tensor -> specs.add(tensor.spec()));
        return specs;
    }

    @Override
    public Tensor get(final String name) {
        return tensors.get(name);
    }

    /** A context for a stage with settings as key, value, key, value; the labels are a, b, c… */
    StageContext context(final String use, final int labels, final Double floor, final Object... settings) {
        final Map<String, Object> values = new LinkedHashMap<>(Map.of("labels", "labels.txt"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put((String) settings[i], settings[i + 1]);
        }
        final List<TensorSpec> outputs = specs();
        return new StageContext() {

            @Override
            public StageSettings settings() {
                return new StageSettings("model.json#/output", use, values);
            }

            @Override
            public List<TensorSpec> inputs() {
                return List.of();
            }

            @Override
            public List<TensorSpec> outputs() {
                return outputs;
            }

            @Override
            public Optional<Size> size() {
                return Optional.empty();
            }

            @Override
            public Optional<Double> scoreFloor() {
                return Optional.ofNullable(floor);
            }

            @Override
            public byte[] file(final String path) throws IOException {
                if (!path.equals("labels.txt")) {
                    throw new FileNotFoundException(path);
                }
                return "abcdefgh".substring(0, labels).replaceAll("(.)", "$1\n").getBytes(StandardCharsets.UTF_8);
            }
        };
    }
}
