#!/usr/bin/env python3
# Copyright the Amarena authors
# SPDX-License-Identifier: Apache-2.0
"""Makes the small ONNX files of the tests beside this script. Needs the Python package onnx (python3-onnx)."""
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))


def constant(name, shape, seed=1):
    values = np.random.RandomState(seed).rand(*shape).astype(np.float32)
    return numpy_helper.from_array(values, name)


def value(name, shape, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def save(name, graph, opset=13, more_opsets=(), **attributes):
    model = helper.make_model(graph, producer_name="make_models", producer_version="1",
                              opset_imports=[helper.make_opsetid("", opset),
                                             *(helper.make_opsetid(*each) for each in more_opsets)], **attributes)
    model.ir_version = 8
    return save_model(name, model)


def save_model(name, model):
    with open(os.path.join(HERE, name + ".onnx"), "wb") as file:
        file.write(model.SerializeToString())
    return model


# A convolution with fixed shapes; its weights are graph inputs as well, as old exporters write them.
weights = constant("weight", [2, 3, 3, 3])
conv = helper.make_node("Conv", ["images", "weight"], ["features"], pads=[1, 1, 1, 1])
relu = helper.make_node("Relu", ["features"], ["scores"])
save("conv", helper.make_graph([conv, relu], "conv",
                               [value("images", [1, 3, 8, 8]), value("weight", [2, 3, 3, 3])],
                               [value("scores", [1, 2, 8, 8])], [weights]))

# Free dimensions, properties as Ultralytics writes them, a value between two nodes.
dynamic = save("dynamic", helper.make_graph(
    [conv, relu], "dynamic", [value("images", ["batch", 3, "height", "width"])],
    [value("scores", ["batch", 2, None, None])], [weights],
    value_info=[value("features", ["batch", 2, 640, 640])]))
helper.set_model_props(dynamic, {"task": "detect", "stride": "32", "imgsz": "[640, 640]",
                                 "names": "{0: 'scratch', 1: 'dent'}"})
save_model("dynamic", dynamic)

# A condition with two graphs of its own, one of which has a condition again.
inner = helper.make_node("If", ["flag"], ["inner"],
                         then_branch=helper.make_graph([helper.make_node("Abs", ["x"], ["a"])], "a", [],
                                                       [value("a", [2])]),
                         else_branch=helper.make_graph([helper.make_node("Neg", ["x"], ["b"])], "b", [],
                                                       [value("b", [2])]))
outer = helper.make_node("If", ["flag"], ["y"],
                         then_branch=helper.make_graph([inner], "c", [], [value("inner", [2])]),
                         else_branch=helper.make_graph(
                             [helper.make_node("Constant", [], ["d"], value=constant("d", [2]))], "d", [],
                             [value("d", [2])]))
save("nested", helper.make_graph([outer], "nested", [value("x", [2]), value("flag", [], TensorProto.BOOL)],
                                 [value("y", [2])]))

# Weights in other files: one beside the model, one outside.
for name, location in (("external", "weights.bin"), ("external-outside", "../../etc/passwd")):
    elsewhere = constant("weight", [2, 3, 3, 3])
    elsewhere.ClearField("raw_data")
    elsewhere.data_location = TensorProto.EXTERNAL
    elsewhere.external_data.add(key="location", value=location)
    elsewhere.external_data.add(key="length", value="216")
    save(name, helper.make_graph([conv, relu], name, [value("images", [1, 3, 8, 8])],
                                 [value("scores", [1, 2, 8, 8])], [elsewhere]))

# An operator that nobody knows, beside domains that are imported and not used.
save("custom", helper.make_graph([helper.make_node("Secret", ["x"], ["y"], domain="com.acme")], "custom",
                                 [value("x", [2])], [value("y", [2])]),
     more_opsets=(("com.acme", 1), ("com.microsoft", 1), ("ai.onnx.training", 1)))

# A local function.
function = helper.make_function("local", "Double", ["a"], ["b"], [helper.make_node("Add", ["a", "a"], ["b"])],
                                [helper.make_opsetid("", 13)])
save("function", helper.make_graph([helper.make_node("Double", ["x"], ["y"], domain="local")], "function",
                                   [value("x", [2])], [value("y", [2])]),
     more_opsets=(("local", 1),), functions=[function])

# Old and far too new operators.
for name, opset in (("opset6", 6), ("opset99", 99)):
    save(name, helper.make_graph([relu], name, [value("features", [2])], [value("scores", [2])]), opset=opset)
