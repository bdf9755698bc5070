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


def model(name, nodes, inputs, outputs):
    graph = helper.make_graph(nodes, name, inputs, outputs)
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


def unknown_operator():
    return model("unknown-operator", [helper.make_node("Levitate", ["x"], ["y"])],
                 [value("x", FLOAT, ["batch", 2])], [value("y", FLOAT, ["batch", 2])])


MODELS = [every_type, passed_on, wrong_dimension, wrong_batch, unknown_rank, unsigned_output, unsigned_input,
          text_input, sequence_output, unknown_operator]


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for make in MODELS:
        made = make()
        (folder / (made.graph.name + ".onnx")).write_bytes(made.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
