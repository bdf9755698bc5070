#!/usr/bin/python3
# Copyright the Amarena authors
# SPDX-License-Identifier: Apache-2.0
"""Makes the ONNX models of the backend contract kit.

Needs the Python package onnx (Debian: python3-onnx). Running it again writes the same bytes.

    models/make_models.py src/main/resources/io/amarena/itests/backendkit
"""

import pathlib
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 16
IR_VERSION = 8
FLOAT = TensorProto.FLOAT


def value(name, element_type, shape):
    return helper.make_tensor_value_info(name, element_type, shape)


def weights(name, array):
    return numpy_helper.from_array(array, name)


def floats(name, *numbers):
    return weights(name, numpy.array(numbers, dtype=numpy.float32))


def model(name, nodes, inputs, outputs, initializers=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(initializers))
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)],
                             producer_name="amarena-backend-kit", ir_version=IR_VERSION)
    onnx.checker.check_model(made, full_check=True)
    return made


def add_one():
    return model("add-one", [helper.make_node("Add", ["x", "one"], ["y"])],
                 [value("x", FLOAT, ["batch", 4])], [value("y", FLOAT, ["batch", 4])], [floats("one", 1)])


def matmul():
    matrix = numpy.array([[1, 2], [3, 4], [5, 6]], dtype=numpy.float32)
    return model("matmul", [helper.make_node("MatMul", ["x", "matrix"], ["y"])],
                 [value("x", FLOAT, ["batch", 3])], [value("y", FLOAT, ["batch", 2])],
                 [weights("matrix", matrix)])


def two_inputs():
    return model("two-inputs", [helper.make_node("Add", ["a", "b"], ["sum"]),
                                helper.make_node("Sub", ["a", "b"], ["difference"])],
                 [value("a", FLOAT, ["batch", 4]), value("b", FLOAT, ["batch", 4])],
                 [value("sum", FLOAT, ["batch", 4]), value("difference", FLOAT, ["batch", 4])])


def shared_input():
    """One input counts frames, the other one is the same for all frames of a batch."""
    return model("shared-input", [helper.make_node("Mul", ["x", "factors"], ["y"])],
                 [value("x", FLOAT, ["batch", 3]), value("factors", FLOAT, [3])],
                 [value("y", FLOAT, ["batch", 3])])


def conv():
    """Height and width are free, the size of the answer is a function of them; the kernel adds up 3 by 3 pixels."""
    kernel = numpy.ones((1, 1, 3, 3), dtype=numpy.float32)
    return model("conv", [helper.make_node("Conv", ["image", "kernel"], ["grid"], kernel_shape=[3, 3],
                                           strides=[2, 2], pads=[1, 1, 1, 1])],
                 [value("image", FLOAT, ["batch", 1, "height", "width"])],
                 [value("grid", FLOAT, ["batch", 1, "rows", "columns"])], [weights("kernel", kernel)])


def nonzero():
    """How many columns the answer has depends on the values alone."""
    return model("nonzero", [helper.make_node("NonZero", ["x"], ["places"]),
                             helper.make_node("Neg", ["x"], ["negated"])],
                 [value("x", FLOAT, ["batch", 4])],
                 [value("places", TensorProto.INT64, [2, "found"]), value("negated", FLOAT, ["batch", 4])])


def pixels():
    return model("pixels", [helper.make_node("Cast", ["pixels"], ["y"], to=FLOAT)],
                 [value("pixels", TensorProto.UINT8, ["batch", 4])], [value("y", FLOAT, ["batch", 4])])


def integers():
    return model("integers", [helper.make_node("Add", ["x", "x"], ["y"])],
                 [value("x", TensorProto.INT64, ["batch", 3])], [value("y", TensorProto.INT64, ["batch", 3])])


def fixed_one():
    return model("fixed-one", [helper.make_node("Add", ["x", "one"], ["y"])],
                 [value("x", FLOAT, [1, 4])], [value("y", FLOAT, [1, 4])], [floats("one", 1)])


def fixed_four():
    return model("fixed-four", [helper.make_node("Add", ["x", "one"], ["y"])],
                 [value("x", FLOAT, [4, 2])], [value("y", FLOAT, [4, 2])], [floats("one", 1)])


def gather():
    """A run fails where an index lies outside the table."""
    table = numpy.array([10, 20, 30], dtype=numpy.float32)
    return model("gather", [helper.make_node("Gather", ["table", "index"], ["y"])],
                 [value("index", TensorProto.INT64, ["batch"])], [value("y", FLOAT, ["batch"])],
                 [weights("table", table)])


MODELS = [add_one, matmul, two_inputs, shared_input, conv, nonzero, pixels, integers, fixed_one, fixed_four, gather]


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for make in MODELS:
        made = make()
        (folder / (made.graph.name + ".onnx")).write_bytes(made.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
