# Copyright the Amarena authors
# SPDX-License-Identifier: Apache-2.0
"""The surface-inspection detector: a small fully convolutional network, its loss, and how its answer is read.

Input `images`: float32 [N, 3, H, W], RGB divided by 255, H and W multiples of 32.
Output `grid`: float32 [N, 10, H/8, W/8], raw. One cell answers for the objects whose centre lies in it:

    channel 0     objectness (logit)
    channels 1-5  scratch, dent, stain, crack, missing (logits)
    channels 6-7  a, b: centre x = (column + sigmoid(a)) / columns, centre y = (row + sigmoid(b)) / rows
    channels 8-9  c, d: width = exp(c) / 8, height = exp(d) / 8

Centre and size are shares of the tensor's width and height, its padding included.
"""
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

LABELS = ["scratch", "dent", "stain", "crack", "missing"]
STRIDE = 8
OBJECT, CLASS, CENTRE, SIZE = slice(0, 1), slice(1, 6), slice(6, 8), slice(8, 10)
CHANNELS = 10


def conv(inputs, outputs, stride=1, kernel=3):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU())


class Detector(nn.Module):
    """Looks at strides 8, 16 and 32 for context and answers at stride 8."""

    def __init__(self):
        super().__init__()
        self.fine = nn.Sequential(conv(3, 16, 2), conv(16, 40, 2), conv(40, 40), conv(40, 48, 2), conv(48, 48))
        self.middle = nn.Sequential(conv(48, 64, 2), conv(64, 64))
        self.coarse = nn.Sequential(conv(64, 48, 2), conv(48, 48))
        self.coarse_to_middle = conv(48, 64, kernel=1)
        self.middle_to_fine = conv(64, 48, kernel=1)
        self.head = nn.Sequential(conv(48, 64), conv(64, 64))
        self.answer = nn.Conv2d(64, CHANNELS, 1)
        nn.init.constant_(self.answer.bias[OBJECT], -4.0)

    def forward(self, images):
        fine = self.fine(images)
        middle = self.middle(fine)
        coarse = self.coarse_to_middle(self.coarse(middle))
        middle = middle + F.interpolate(coarse, scale_factor=2.0, mode="nearest")
        lifted = F.interpolate(self.middle_to_fine(middle), scale_factor=2.0, mode="nearest")
        return self.answer(self.head(fine + lifted))


def targets(labels, boxes, rows, columns):
    """What every cell should answer.

    `labels` holds a class index per picture, or -1; `boxes` the centre and size in cells, from the view's corner.
    Returns the objectness (1, 0, or -1 for "either"), the class per cell (-1 without), and the box per cell in cells.

    A cell next to the centre's own answers for the object too when the centre is close to its edge: whether it
    speaks up is left open, but if it does, its class and box should be right.
    """
    count = len(labels)
    objects = torch.zeros(count, rows, columns)
    classes = torch.full((count, rows, columns), -1, dtype=torch.long)
    wanted = torch.zeros(count, 4, rows, columns)
    for i, label in enumerate(labels):
        if label < 0:
            continue
        x, y, w, h = boxes[i]
        column, row = int(x), int(y)
        if not (0 <= column < columns and 0 <= row < rows):
            continue
        margin_x = min(1.0, max(0.25, 0.12 * w))
        margin_y = min(1.0, max(0.25, 0.12 * h))
        for r in range(max(0, row - 1), min(rows, row + 2)):
            for c in range(max(0, column - 1), min(columns, column + 2)):
                if c - margin_x <= x <= c + 1 + margin_x and r - margin_y <= y <= r + 1 + margin_y:
                    objects[i, r, c] = -1
                    classes[i, r, c] = int(label)
                    wanted[i, :, r, c] = torch.tensor([x, y, w, h])
        objects[i, row, column] = 1
    return objects, classes, wanted


def loss(grid, objects, classes, wanted, full_columns, full_rows):
    """Objectness, class, and box (complete IoU). `full_columns` and `full_rows` are those of the whole tensor, of
    which the pictures may be a cut-out: sizes are shares of the whole."""
    count = grid.shape[0]
    objectness = F.binary_cross_entropy_with_logits(
        grid[:, 0], objects.clamp(min=0), weight=(objects >= 0).float() * (1 + 2 * (objects > 0)),
        reduction="sum") / count
    held = classes >= 0
    if not held.any():
        return objectness
    cells = grid.permute(0, 2, 3, 1)[held]
    index = held.nonzero()
    origin = index[:, [2, 1]].float()
    whole = torch.tensor([full_columns, full_rows], dtype=torch.float32)
    centre = origin + cells[:, CENTRE].sigmoid()
    size = cells[:, SIZE].clamp(-6, 3).exp() / 8 * whole
    truth = wanted.permute(0, 2, 3, 1)[held]
    box = (1 - complete_iou(centre, size, truth[:, :2], truth[:, 2:])).mean()
    logarithm = F.smooth_l1_loss(cells[:, SIZE], (truth[:, 2:] / whole * 8).log())
    return objectness + F.cross_entropy(cells[:, CLASS], classes[held]) + 2 * box + 0.5 * logarithm


def complete_iou(centre, size, true_centre, true_size):
    """Zheng et al., Distance-IoU loss, 2020."""
    low, high = centre - size / 2, centre + size / 2
    true_low, true_high = true_centre - true_size / 2, true_centre + true_size / 2
    common = (torch.minimum(high, true_high) - torch.maximum(low, true_low)).clamp(min=0).prod(1)
    iou = common / (size.prod(1) + true_size.prod(1) - common + 1e-7)
    hull = (torch.maximum(high, true_high) - torch.minimum(low, true_low)).pow(2).sum(1) + 1e-7
    distance = (centre - true_centre).pow(2).sum(1) / hull
    angle = torch.atan(true_size[:, 0] / true_size[:, 1]) - torch.atan(size[:, 0] / size[:, 1])
    shape = 4 / math.pi ** 2 * angle.pow(2)
    with torch.no_grad():
        weight = shape / (1 - iou + shape + 1e-7)
    return iou - distance - weight * shape


def detections(grid, threshold=0.5, overlap=0.45):
    """Reads one picture's grid [10, rows, columns] (numpy): a list of (class, score, centre x, centre y, width,
    height), best first, in shares of the tensor, after class-wise non-maximum suppression."""
    rows, columns = grid.shape[1:]
    scores = 1 / (1 + np.exp(-grid[0].astype(np.float64)))
    found = []
    for row, column in sorted(zip(*np.nonzero(scores >= threshold)), key=lambda at: -scores[at]):
        cell = grid[:, row, column].astype(np.float64)
        a, b = 1 / (1 + np.exp(-cell[CENTRE]))
        w, h = np.exp(cell[SIZE]) / 8
        candidate = (int(cell[CLASS].argmax()), float(scores[row, column]),
                     (column + a) / columns, (row + b) / rows, w, h)
        if all(other[0] != candidate[0] or iou(other[2:], candidate[2:]) <= overlap for other in found):
            found.append(candidate)
    return found


def iou(one, other):
    """Of two boxes given by centre and size."""
    width = min(one[0] + one[2] / 2, other[0] + other[2] / 2) - max(one[0] - one[2] / 2, other[0] - other[2] / 2)
    height = min(one[1] + one[3] / 2, other[1] + other[3] / 2) - max(one[1] - one[3] / 2, other[1] - other[3] / 2)
    if width <= 0 or height <= 0:
        return 0.0
    common = width * height
    return common / (one[2] * one[3] + other[2] * other[3] - common)


def export(network, path, folded):
    """Writes the network as ONNX, opset 13, with free batch, height and width."""
    mode = torch.onnx.TrainingMode.EVAL if folded else torch.onnx.TrainingMode.PRESERVE
    network.eval()
    torch.onnx.export(
        network, torch.zeros(1, 3, 320, 320), path, opset_version=13, input_names=["images"], output_names=["grid"],
        dynamic_axes={"images": {0: "batch", 2: "height", 3: "width"}, "grid": {0: "batch", 2: "rows", 3: "columns"}},
        training=mode, do_constant_folding=folded)


def load(path):
    """The network with the weights of an unfolded ONNX file."""
    import onnx
    from onnx import numpy_helper
    weights = {entry.name: torch.from_numpy(numpy_helper.to_array(entry).copy())
               for entry in onnx.load(path).graph.initializer}
    network = Detector()
    state = {name: weights.get(name, value) for name, value in network.state_dict().items()}
    missing = [name for name in state if name not in weights and not name.endswith("num_batches_tracked")]
    if missing:
        raise ValueError(f"{path} lacks the weights {missing}; is it the unfolded model?")
    network.load_state_dict(state)
    return network.eval()
