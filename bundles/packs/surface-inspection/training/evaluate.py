# Copyright the Amarena authors
# SPDX-License-Identifier: Apache-2.0
"""How often the detector is right.

    python3 evaluate.py surface-inspection-unfolded.onnx DATASET...
"""
import sys

import numpy as np
import torch

import detector
from frames import Frames


def measure(network, data, threshold=0.5):
    """A picture is right when its best detection has the right class, or when there is none on a faultless plate."""
    right = confusion = None
    right = np.zeros(len(data), bool)
    overlaps, extra = [], 0
    confusion = {}
    with torch.no_grad():
        for start in range(0, len(data), 16):
            chosen = range(start, min(start + 16, len(data)))
            views = np.stack([data.view(i, 0, 0, data.side, data.side) for i in chosen])
            grids = network(torch.from_numpy(views).permute(0, 3, 1, 2).float() / 255).numpy()
            for i, grid in zip(chosen, grids):
                found = detector.detections(grid, threshold)
                answer = found[0][0] if found else -1
                right[i] = answer == data.labels[i]
                extra += len(found) > 1
                if not right[i]:
                    pair = (name(data.labels[i]), name(answer))
                    confusion[pair] = confusion.get(pair, 0) + 1
                if data.labels[i] >= 0:
                    overlaps.append(detector.iou(found[0][2:], data.boxes[i]) if found else 0.0)
    overlaps = np.array(overlaps)
    return {
        "pictures": len(data),
        "right": right.mean(),
        "right per class": {name(label): round(float(right[data.labels == label].mean()), 4)
                            for label in sorted(set(data.labels))},
        "mean IoU": overlaps.mean(),
        "IoU > 0.5": (overlaps > 0.5).mean(),
        "IoU > 0.75": (overlaps > 0.75).mean(),
        "more than one detection": extra / len(data),
        "wrong (truth, answer)": confusion,
    }


def name(label):
    return detector.LABELS[label] if label >= 0 else "ok"


if __name__ == "__main__":
    torch.set_num_threads(1)
    loaded = detector.load(sys.argv[1])
    for path in sys.argv[2:]:
        print(path)
        for key, value in measure(loaded, Frames(path)).items():
            print(f"  {key}: {value:.4f}" if isinstance(value, float) else f"  {key}: {value}")
