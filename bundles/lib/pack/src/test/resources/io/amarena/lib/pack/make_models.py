#!/usr/bin/env python3
# Copyright the Amarena authors
# SPDX-License-Identifier: Apache-2.0
"""Makes the small ONNX files of the tests beside this script. Needs the Python package onnx (python3-onnx).

They have the inputs, outputs and properties of what exporters write, and can be run: every output is a constant, to which
the picture adds nothing.
"""
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = "{0: 'bolt', 1: \"lock's nut\"}"
CELLS = 64 + 16 + 4  # of 64 x 64 pixels with the strides 8, 16 and 32


def detector(shape, box):
    """Nothing but one box."""
    answer = np.zeros(shape, np.float32)
    answer[box[0]] = box[1]
    return answer


V8 = detector((1, 6, CELLS), (np.s_[0, :, 0], [32, 24, 20, 10, 0.1, 0.9]))
V5 = detector((1, 3 * CELLS, 7), (np.s_[0, 0, :], [32, 24, 20, 10, 0.9, 0.1, 0.9]))
# The cell in the middle of the finest grid: centre (4.5, 3.5) * 8, size exp(1) * 8.
X = detector((1, CELLS, 7), (np.s_[0, 3 * 8 + 4, :], [0.5, 0.5, 1, 1, 0.9, 0.1, 0.9]))


def save(name, outputs, shape=(1, 3, 64, 64), kind=TensorProto.FLOAT, properties=None, declared=None, softmax=False,
         weights=np.float32, opset=13):
    nodes, results, constants = [], [], []
    picture = "images"
    if kind != TensorProto.FLOAT:
        nodes.append(helper.make_node("Cast", ["images"], ["samples"], to=TensorProto.FLOAT))
        picture = "samples"
    constants.append(numpy_helper.from_array(np.zeros((), np.float32), "zero"))
    nodes.append(helper.make_node("ReduceMean", [picture], ["mean"], keepdims=0))
    nodes.append(helper.make_node("Mul", ["mean", "zero"], ["nothing"]))
    for output, value in outputs.items():
        constants.append(numpy_helper.from_array(value.astype(weights), output + ".value"))
        source = output + ".value"
        if weights == np.int8:
            constants.append(numpy_helper.from_array(np.array(0.01, np.float32), output + ".scale"))
            nodes.append(helper.make_node("DequantizeLinear", [source, output + ".scale"], [output + ".float"]))
            source = output + ".float"
        elif weights != np.float32:
            nodes.append(helper.make_node("Cast", [source], [output + ".float"], to=TensorProto.FLOAT))
            source = output + ".float"
        nodes.append(helper.make_node("Add", [source, "nothing"], [output + ".raw" if softmax else output]))
        if softmax:
            nodes.append(helper.make_node("Softmax", [output + ".raw"], [output]))
        results.append(helper.make_tensor_value_info(output, TensorProto.FLOAT,
                                                     declared or list(value.shape)))
    graph = helper.make_graph(nodes, name, [helper.make_tensor_value_info("images", kind, list(shape))], results, constants)
    model = helper.make_model(graph, producer_name="make_models", producer_version="1",
                              opset_imports=[helper.make_opsetid("", opset)])
    model.ir_version = 8
    if properties:
        helper.set_model_props(model, properties)
    with open(os.path.join(HERE, name + ".onnx"), "wb") as file:
        file.write(model.SerializeToString())


def ultralytics(task, size="[64, 64]"):
    return {"description": "Ultralytics YOLOv8n model", "author": "Ultralytics", "license": "AGPL-3.0", "task": task,
            "version": "8.2.0", "stride": "32", "batch": "1", "imgsz": size, "names": NAMES}


save("ultralytics-v8", {"output0": V8}, properties=ultralytics("detect"))
save("ultralytics-dynamic", {"output0": V8}, ["batch", 3, "height", "width"], declared=["batch", 6, "anchors"],
     properties=ultralytics("detect", "[64, 96]"))
save("ultralytics-v5", {"output0": V5}, properties={"stride": "32", "names": NAMES})
save("ultralytics-classify", {"output0": np.array([[0.2, 0.8]])}, properties=ultralytics("classify"))
save("ultralytics-segment", {"output0": np.zeros((1, 38, CELLS)), "output1": np.zeros((1, 32, 4, 4))},
     properties=ultralytics("segment"))
save("ultralytics-nms", {"output0": np.zeros((1, 300, 6))}, properties=ultralytics("detect"))
save("plain-v8", {"output": V8})
save("plain-v5", {"output": V5})
save("yolox", {"output": X})
save("classifier-logits", {"logits": np.array([[1.0, 3.0, 2.0]])}, (1, 32, 32, 3))
save("classifier-scores", {"scores": np.array([[1.0, 3.0, 2.0]])}, ("N", 1, 28, 28), softmax=True, declared=["N", 3])
save("classifier-bytes", {"logits": np.array([[1.0, 3.0]])}, (1, 32, 48, 3), kind=TensorProto.UINT8)
save("scores-and-boxes", {"boxes": np.tile([0.25, 0.25, 0.5, 0.75], (1, 20, 1)), "scores": np.tile([0.1, 0.9], (1, 20, 1))})
save("half", {"output0": V8}, properties=ultralytics("detect"), weights=np.float16)
save("quantized", {"output0": np.zeros((1, 6, CELLS))}, properties=ultralytics("detect"), weights=np.int8)
save("words", {"vector": np.zeros((1, 8))}, (1, 16), kind=TensorProto.INT64)
save("mask", {"mask": np.zeros((1, 2, 16, 16))}, weights=np.float16)
