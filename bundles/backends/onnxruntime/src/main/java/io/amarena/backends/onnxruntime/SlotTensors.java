/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.api.tensor.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The inputs or the outputs of a slot: the same tensors as long as the slot lives. */
final class SlotTensors implements Tensors {

    private final List<TensorSpec> specs;
    private final List<SlotTensor> tensors = new ArrayList<>();
    private final Map<String, SlotTensor> byName = new HashMap<>();

    SlotTensors(final List<TensorSpec> specs) {
        this.specs = specs;
        for (final TensorSpec spec : specs) {
            final SlotTensor tensor = new SlotTensor(spec);
            tensors.add(tensor);
            byName.put(spec.name(), tensor);
        }
    }

    SlotTensor at(final int index) {
        return tensors.get(index);
    }

    @Override
    public List<TensorSpec> specs() {
        return specs;
    }

    @Override
    public Tensor get(final String name) {
        final SlotTensor tensor = byName.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("There is no tensor \"" + name + "\"; there are " + specs);
        }
        return tensor;
    }
}
