# Copyright the Amarena authors
# SPDX-License-Identifier: Apache-2.0
"""Writes what the trained model says about the golden frames, and the descriptor that names them.

    python3 golden.py surface-inspection-unfolded.onnx ../src/main/resources
"""
import json
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image

import detector
from frames import letterbox

SIDE = 320

network = detector.load(sys.argv[1])
resources = Path(sys.argv[2])
golden = []
for picture in sorted((resources / "golden").glob("*.png")):
    tensor, (scale, left, top) = letterbox(np.asarray(Image.open(picture).convert("RGB")), SIDE)
    with torch.no_grad():
        grid = network(torch.from_numpy(tensor)[None])[0].numpy()
    found = []
    for index, score, x, y, width, height in detector.detections(grid):
        box = [((x - width / 2) * SIDE - left) / scale, ((y - height / 2) * SIDE - top) / scale,
               width * SIDE / scale, height * SIDE / scale]
        found.append({"label": detector.LABELS[index], "score": round(score, 4), "box": [round(v, 1) for v in box]})
    expectation = {"contract": "detection/1", "detections": found}
    picture.with_suffix(".json").write_text(json.dumps(expectation) + "\n")
    golden.append({"frame": f"golden/{picture.name}", "expect": f"golden/{picture.stem}.json"})
    print(picture.name, found)
descriptor = {
    "amarena": "model/1.0", "name": "surface-inspection", "version": "1.0.0", "contract": "detection/1",
    "file": "model.onnx", "precision": "fp32",
    "input": {"use": "image/letterbox", "tensor": "images", "sizes": [[320, 320]], "colour": "RGB",
              "mean": [0, 0, 0], "std": [255, 255, 255]},
    "output": {"use": "detection/grid", "tensor": "grid", "labels": "labels.txt", "score": 0.5, "iou": 0.45},
    "batch": {"max": 8}, "golden": golden,
    "provenance": {"architecture": "fully convolutional, strides 8 to 32", "data": "simulated conveyor",
                   "training": "training/README.md"}}
(resources / "model.json").write_text(json.dumps(descriptor, indent=2) + "\n")
