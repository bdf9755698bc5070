# Copyright the Amarena authors
# SPDX-License-Identifier: Apache-2.0
"""Data sets as Dataset.java writes them, and the letterbox for single pictures."""
import csv
from pathlib import Path

import numpy as np

from detector import LABELS

PADDING = 114


class Frames:
    """Pictures of one tensor size without their padding, with class indices (-1: none) and boxes (centre x, centre y,
    width, height as shares of the padded tensor)."""

    def __init__(self, name):
        rows = list(csv.reader(Path(f"{name}.csv").open()))
        pictures = np.memmap(f"{name}.rgb", np.uint8, "r")
        area = len(pictures) // len(rows) // 3
        self.side = round((area * 16 / 9) ** 0.5)
        self.height = area // self.side
        self.top = (self.side - self.height) // 2
        self.pictures = pictures.reshape(len(rows), self.height, self.side, 3)
        self.labels = np.array([LABELS.index(row[0]) if row[0] in LABELS else -1 for row in rows])
        self.boxes = np.array([[float(value) for value in row[1:]] for row in rows], np.float32)

    def __len__(self):
        return len(self.labels)

    def view(self, index, x, y, width, height):
        """A part of the padded tensor, uint8 [height, width, 3]."""
        result = np.full((height, width, 3), PADDING, np.uint8)
        first = max(0, self.top - y)
        last = min(height, self.top + self.height - y)
        result[first:last] = self.pictures[index, y + first - self.top:y + last - self.top, x:x + width]
        return result


def letterbox(picture, side):
    """A picture (uint8 [height, width, 3]) as the gateway puts it into a square tensor: float32 [3, side, side] from 0
    to 1, and how a tensor pixel maps back: frame = (tensor - pad) / scale. Area average when shrinking, bilinear when
    enlarging, centred, padded with 114."""
    height, width = picture.shape[:2]
    scale = min(side / width, side / height)
    new_width, new_height = int(width * scale + 0.5), int(height * scale + 0.5)
    rows, columns = weights(height, new_height), weights(width, new_width)
    small = np.einsum("ij,jkc->ikc", rows, np.einsum("kj,ijc->ikc", columns, picture.astype(np.float64)))
    left, top = (side - new_width) // 2, (side - new_height) // 2
    tensor = np.full((side, side, 3), float(PADDING))
    tensor[top:top + new_height, left:left + new_width] = small
    return (tensor.transpose(2, 0, 1) / 255).astype(np.float32), (scale, left, top)


def weights(old, new):
    """The matrix [new, old] that resamples one line."""
    matrix = np.zeros((new, old))
    step = old / new
    for i in range(new):
        if step >= 1:
            begin, end = i * step, min(old, (i + 1) * step)
            for k in range(int(begin), int(np.ceil(end - 1e-9))):
                matrix[i, k] = (min(end, k + 1) - max(begin, k)) / (end - begin)
        else:
            centre = min(max((i + 0.5) * step - 0.5, 0), old - 1)
            first = min(int(centre), old - 2)
            matrix[i, first], matrix[i, first + 1] = 1 - (centre - first), centre - first
    return matrix
