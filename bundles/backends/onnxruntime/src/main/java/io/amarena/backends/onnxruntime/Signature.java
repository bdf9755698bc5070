/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BackendException.Code;
import io.amarena.api.model.ModelId;
import io.amarena.api.tensor.ElementType;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The inputs and outputs of a loaded model, in the order of its graph. Immutable.
 *
 * <p><strong>Note</strong> that an output whose rank ONNX Runtime could not infer is declared with the shape of a
 * single value; the shapes of a run's outputs are always the actual ones.
 */
record Signature(List<TensorSpec> inputs, List<TensorSpec> outputs) {

    /**
     * Reads what a session declares.
     *
     * @throws BackendException when the gateway cannot feed or read the model: not a tensor, or an element type that
     *                          it does not have
     */
    static Signature of(final ModelId model, final OrtSession session) throws BackendException, OrtException {
        final List<TensorSpec> inputs = specs(model, "input", session.getInputInfo().values());
        final List<TensorSpec> outputs = specs(model, "output", session.getOutputInfo().values());
        for (final TensorSpec input : inputs) {
            if (ElementTypes.overBuffer(input.type()).isEmpty()) {
                throw refused(model, "input", input.name(), "has the element type " + input.type()
                        + ", which ONNX Runtime for Java cannot be given; cast it inside the model from a signed type");
            }
        }
        if (inputs.isEmpty()) {
            throw new BackendException(Code.MODEL_REFUSED, "Model " + model
                    + " has no input, so that no frame could reach it; export it again with its inputs");
        }
        return new Signature(inputs, outputs);
    }

    private static List<TensorSpec> specs(final ModelId model, final String role, final Collection<NodeInfo> nodes)
            throws BackendException {
        final List<TensorSpec> specs = new ArrayList<>();
        for (final NodeInfo node : nodes) {
            if (!(node.getInfo() instanceof TensorInfo)) {
                throw refused(model, role, node.getName(), "is no tensor but " + node.getInfo()
                        + "; export the model without sequences and maps");
            }
            final TensorInfo info = (TensorInfo) node.getInfo();
            final Optional<ElementType> type = ElementTypes.of(info.onnxType);
            if (type.isEmpty()) {
                throw refused(model, role, node.getName(), "has the element type " + plain(info)
                        + ", which frames and results cannot hold; keep to numbers and bool");
            }
            specs.add(new TensorSpec(node.getName(), type.get(), Shape.of(info.getShape())));
        }
        return List.copyOf(specs);
    }

    private static String plain(final TensorInfo info) {
        return info.onnxType.name().replace("ONNX_TENSOR_ELEMENT_DATA_TYPE_", "");
    }

    private static BackendException refused(final ModelId model, final String role, final String name,
            final String problem) {
        return new BackendException(Code.MODEL_REFUSED, "Model " + model + ": " + role + " \"" + name + "\" "
                + problem);
    }
}
