#!/usr/bin/python3
# Copyright the Amarena authors
# SPDX-License-Identifier: Apache-2.0
"""Makes the models of the bad updates: a classifier that says whether a picture is red, green or blue, and spoilt ones.

Needs the Python package onnx (Debian: python3-onnx). Running it again writes the same bytes.

    src/test/models/make_models.py src/test/resources/io/amarena/itests
"""

import pathlib
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

FLOAT = TensorProto.FLOAT
LARGE = 48 << 20


def constant(name, array):
    return numpy_helper.from_array(array, name)


def classifier(name, nodes, *constants):
    """The mean of each channel, then what makes scores of them."""
    means = [helper.make_node("GlobalAveragePool", ["images"], ["pooled"]),
             helper.make_node("Flatten", ["pooled"], ["means"])]
    graph = helper.make_graph(means + nodes, name,
                              [helper.make_tensor_value_info("images", FLOAT, ["batch", 3, 8, 8])],
                              [helper.make_tensor_value_info("scores", FLOAT, ["batch", 3])], list(constants))
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="amarena-tests",
                             ir_version=8)
    onnx.checker.check_model(made)
    return made


def good():
    return classifier("colours", [helper.make_node("Mul", ["means", "ten"], ["scores"])],
                      constant("ten", numpy.float32(10)))


def not_a_number():
    """The logarithm of a negative number."""
    return classifier("colours-nan", [helper.make_node("Sub", ["means", "two"], ["negative"]),
                                      helper.make_node("Log", ["negative"], ["scores"])],
                      constant("two", numpy.float32(2)))


def wrong_shape():
    """Declares three scores, gives four: how many columns are cut out of six is computed, so that nobody sees it."""
    return classifier("colours-shape", [helper.make_node("Concat", ["means", "means"], ["six"], axis=1),
                                        helper.make_node("ReduceMax", ["means"], ["largest"], axes=[1], keepdims=1),
                                        helper.make_node("Mul", ["largest", "zero"], ["none"]),
                                        helper.make_node("Add", ["none", "four"], ["columns"]),
                                        helper.make_node("Cast", ["columns"], ["ends_2d"], to=TensorProto.INT64),
                                        helper.make_node("Reshape", ["ends_2d", "one"], ["ends"]),
                                        helper.make_node("Slice", ["six", "start", "ends", "axis"], ["scores"])],
                      constant("zero", numpy.float32(0)), constant("four", numpy.float32(4)),
                      constant("one", numpy.array([1], numpy.int64)), constant("start", numpy.array([0], numpy.int64)),
                      constant("axis", numpy.array([1], numpy.int64)))


def large():
    """Right answers, by way of 192 MiB of ones."""
    one = helper.make_tensor("one", FLOAT, [1], [1.0])
    return classifier("colours-large", [helper.make_node("ConstantOfShape", ["many"], ["ones"], value=one),
                                        helper.make_node("ReduceMax", ["means"], ["largest"], keepdims=0),
                                        helper.make_node("Mul", ["ones", "largest"], ["product"]),
                                        helper.make_node("ReduceMax", ["product"], ["again"], keepdims=0),
                                        helper.make_node("Mul", ["again", "zero"], ["nothing"]),
                                        helper.make_node("Mul", ["means", "ten"], ["tenfold"]),
                                        helper.make_node("Add", ["tenfold", "nothing"], ["scores"])],
                      constant("many", numpy.array([LARGE], numpy.int64)), constant("zero", numpy.float32(0)),
                      constant("ten", numpy.float32(10)))


def main():
    folder = pathlib.Path(sys.argv[1])
    for made in good(), not_a_number(), wrong_shape(), large():
        (folder / (made.graph.name + ".onnx")).write_bytes(made.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
