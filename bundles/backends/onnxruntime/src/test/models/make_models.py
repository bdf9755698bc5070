#!/usr/bin/python3
# Copyright the Amarena authors
# SPDX-License-Identifier: Apache-2.0
"""Makes the ONNX models of this bundle's own tests; those of the contract are in itests/backend-kit.

Needs the Python package onnx (Debian: python3-onnx). Running it again writes the same bytes.

    src/test/models/make_models.py src/test/resources/io/amarena/backends/onnxruntime
"""

import pathlib
import sys

import numpy
from onnx import TensorProto, helper, numpy_helper

FLOAT = TensorProto.FLOAT
TYPES = ["FLOAT", "DOUBLE", "FLOAT16", "BFLOAT16", "INT8", "UINT8", "INT16", "INT32", "INT64", "BOOL"]


def value(name, element_type, shape):
    return helper.make_tensor_value_info(name, element_type, shape)


def constant(name, array):
    return helper.make_node("Constant", [], [name], value=numpy_helper.from_array(array))


def model(name, nodes, inputs, outputs, initializers=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(initializers))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 16)],
                             producer_name="amarena-tests", ir_version=8)


def every_type():
    """Each input comes out again, [batch, 2]."""
    return model("every-type",
                 [helper.make_node("Identity", ["in_" + t], ["out_" + t]) for t in TYPES],
                 [value("in_" + t, getattr(TensorProto, t), ["batch", 2]) for t in TYPES],
                 [value("out_" + t, getattr(TensorProto, t), ["batch", 2]) for t in TYPES])


def passed_on():
    """The input itself is an output too: ONNX Runtime never writes it."""
    return model("passed-on", [helper.make_node("Neg", ["x"], ["negated"])],
                 [value("x", FLOAT, ["batch", 2])],
                 [value("x", FLOAT, ["batch", 2]), value("negated", FLOAT, ["batch", 2])])


def wrong_dimension():
    """Declares as many rows as there are frames, but gives the positive ones only."""
    return model("wrong-dimension",
                 [constant("zero", numpy.zeros(1, numpy.float32)),
                  helper.make_node("ReduceMax", ["x"], ["largest"], axes=[1], keepdims=0),
                  helper.make_node("Greater", ["largest", "zero"], ["positive"]),
                  helper.make_node("Compress", ["x", "positive"], ["y"], axis=0)],
                 [value("x", FLOAT, ["batch", 2])], [value("y", FLOAT, ["batch", 2])])


def wrong_batch():
    """Declares one row, but gives one for each frame."""
    return model("wrong-batch", [helper.make_node("Neg", ["x"], ["y"])],
                 [value("x", FLOAT, ["batch", 2])], [value("y", FLOAT, [1, 2])])


def unknown_rank():
    """The whole input where something is positive, and a single number where not."""
    whole = helper.make_graph([helper.make_node("Identity", ["x"], ["whole"])], "whole", [],
                              [value("whole", FLOAT, None)])
    total = helper.make_graph([helper.make_node("ReduceSum", ["x"], ["total"], keepdims=0)], "total", [],
                              [value("total", FLOAT, None)])
    return model("unknown-rank",
                 [constant("zero", numpy.array(0, numpy.float32)),
                  helper.make_node("ReduceMax", ["x"], ["largest"], keepdims=0),
                  helper.make_node("Greater", ["largest", "zero"], ["positive"]),
                  helper.make_node("If", ["positive"], ["y"], then_branch=whole, else_branch=total)],
                 [value("x", FLOAT, ["batch", 2])], [value("y", FLOAT, None)])


def unsigned_output():
    return model("unsigned-output", [helper.make_node("Cast", ["x"], ["y"], to=TensorProto.UINT16)],
                 [value("x", FLOAT, ["batch", 2])], [value("y", TensorProto.UINT16, ["batch", 2])])


def unsigned_input():
    return model("unsigned-input", [helper.make_node("Cast", ["x"], ["y"], to=FLOAT)],
                 [value("x", TensorProto.UINT32, ["batch", 2])], [value("y", FLOAT, ["batch", 2])])


def text_input():
    return model("text-input", [helper.make_node("Identity", ["words"], ["y"])],
                 [value("words", TensorProto.STRING, ["batch", 2])],
                 [value("y", TensorProto.STRING, ["batch", 2])])


def sequence_output():
    sequence = helper.make_tensor_sequence_value_info("parts", FLOAT, None)
    return model("sequence-output", [helper.make_node("SplitToSequence", ["x"], ["parts"])],
                 [value("x", FLOAT, ["batch", 2])], [sequence])


def quantized(name, zero_type, zero):
    """Three convolutions with ReLU and a matrix product, with QDQ around each; weights are int8, activations as given.

    Where the zero point of what follows a ReLU is the least value of its type, the ReLU is part of the quantization and
    ONNX Runtime makes a quantized kernel of the convolution. With int8 around 0, as many tools write it, it is not.
    """
    random = numpy.random.RandomState(1)
    nodes, initializers = [], []

    def weights(label, array):
        initializers.append(numpy_helper.from_array(array, label))
        return label

    def dequantized(label, array, scale, **attributes):
        scales = numpy.full(array.shape[:1], scale, numpy.float32) if attributes else numpy.float32(scale)
        zeros = numpy.zeros_like(scales, dtype=array.dtype)
        nodes.append(helper.make_node("DequantizeLinear", [weights(label, array), weights(label + "_scale", scales),
                                                           weights(label + "_zero", zeros)],
                                      [label + "_real"], **attributes))
        return label + "_real"

    weights("scale", numpy.float32(0.02))
    weights("zero_signed", numpy.array(zero, zero_type))
    weights("zero_relu", numpy.array(0, zero_type))

    def activation(label, zero_point):
        nodes.append(helper.make_node("QuantizeLinear", [label, "scale", zero_point], [label + "_q"]))
        nodes.append(helper.make_node("DequantizeLinear", [label + "_q", "scale", zero_point], [label + "_dq"]))
        return label + "_dq"

    last, channels = activation("images", "zero_signed"), 3
    for layer in range(3):
        kernel = random.randint(-127, 127, (8, channels, 3, 3)).astype(numpy.int8)
        bias = random.randint(-100, 100, 8).astype(numpy.int32)
        nodes.append(helper.make_node("Conv", [last, dequantized(f"kernel{layer}", kernel, 0.01, axis=0),
                                               dequantized(f"bias{layer}", bias, 0.02 * 0.01, axis=0)],
                                      [f"conv{layer}"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]))
        nodes.append(helper.make_node("Relu", [f"conv{layer}"], [f"relu{layer}"]))
        last, channels = activation(f"relu{layer}", "zero_relu"), 8
    nodes.append(helper.make_node("GlobalAveragePool", [last], ["pooled"]))
    nodes.append(helper.make_node("Flatten", [activation("pooled", "zero_relu")], ["flat"]))
    matrix = random.randint(-127, 127, (8, 3)).astype(numpy.int8)
    nodes.append(helper.make_node("MatMul", [activation("flat", "zero_relu"), dequantized("matrix", matrix, 0.01)],
                                  ["product"]))
    nodes.append(helper.make_node("Identity", [activation("product", "zero_signed")], ["scores"]))
    return model(name, nodes, [value("images", FLOAT, ["batch", 3, 16, 16])], [value("scores", FLOAT, ["batch", 3])],
                 initializers)


def uint8_activations():
    return quantized("uint8-activations", numpy.uint8, 128)


def int8_activations():
    return quantized("int8-activations", numpy.int8, 0)


def unknown_operator():
    return model("unknown-operator", [helper.make_node("Levitate", ["x"], ["y"])],
                 [value("x", FLOAT, ["batch", 2])], [value("y", FLOAT, ["batch", 2])])


MODELS = [every_type, passed_on, wrong_dimension, wrong_batch, unknown_rank, unsigned_output, unsigned_input,
          text_input, sequence_output, unknown_operator, uint8_activations, int8_activations]


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for make in MODELS:
        made = make()
        (folder / (made.graph.name + ".onnx")).write_bytes(made.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
