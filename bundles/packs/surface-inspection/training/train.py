# Copyright the Amarena authors
# SPDX-License-Identifier: Apache-2.0
"""Trains the surface-inspection detector and writes it as ONNX, with and without folded batch normalisation.

    OMP_NUM_THREADS=1 nice -n 19 python3 train.py --minutes 40 --validation DATA/validation-320 \\
        --small DATA/training-320 ... --large DATA/training-640 ... --out DIRECTORY
"""
import argparse
import copy
import math
import time

import numpy as np
import torch

import detector
from evaluate import measure
from frames import Frames

SMALL_BATCH = 32
LARGE_BATCH = 10
LARGE_EVERY = 4
WHOLE_EVERY = 14
PEAK_RATE = 3e-3
FROZEN_FROM = 0.8


def batch(random, data, count, whole):
    """Random pictures, cut to the middle around the plate unless `whole`, in slightly other light."""
    side = data.side
    width, height = (side, side) if whole else (side * 7 // 10, side * 6 // 10)
    play = (side - width) // 5
    images, labels, boxes = [], [], []
    for index in random.integers(len(data), size=count):
        x = (side - width) // 2 + int(random.integers(-play, play + 1))
        y = (side - height) // 2 + int(random.integers(-play // 2, play // 2 + 1))
        images.append(data.view(index, x, y, width, height))
        labels.append(data.labels[index])
        cell = side / detector.STRIDE
        cx, cy, w, h = data.boxes[index] * cell
        boxes.append((cx - x / detector.STRIDE, cy - y / detector.STRIDE, w, h))
    pictures = torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).float() / 255
    gain = torch.from_numpy(random.uniform(0.9, 1.1, (count, 1, 1, 1)) * random.uniform(0.97, 1.03, (count, 3, 1, 1)))
    offset = torch.from_numpy(random.uniform(-0.03, 0.03, (count, 1, 1, 1)))
    pictures = (pictures * gain.float() + offset.float()).clamp(0, 1)
    aims = detector.targets(labels, boxes, height // detector.STRIDE, width // detector.STRIDE)
    return pictures, aims, side // detector.STRIDE


def blend(average, network, share):
    """Moves the running average of the weights towards the network's."""
    with torch.no_grad():
        for mean, current in zip(average.state_dict().values(), network.state_dict().values()):
            if mean.dtype.is_floating_point:
                mean.lerp_(current, share)
            else:
                mean.copy_(current)


def freeze_statistics(network):
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.eval()


def train(options):
    random = np.random.default_rng(options.seed)
    torch.manual_seed(options.seed)
    network = detector.load(options.start) if options.start else detector.Detector()
    network.train()
    average = copy.deepcopy(network).eval()
    print("parameters", sum(parameter.numel() for parameter in network.parameters()))
    small, large = [[Frames(name) for name in names] for names in (options.small, options.large)]
    chances = [np.array([len(data) for data in group], float) for group in (small, large)]
    optimiser = torch.optim.AdamW(network.parameters(), PEAK_RATE, weight_decay=2e-4)
    started = time.time()
    running, step, done = 0.0, 0, 0.0
    while done < 1:
        group = 1 if large and step % LARGE_EVERY == LARGE_EVERY - 1 else 0
        pool = (small, large)[group]
        data = pool[random.choice(len(pool), p=chances[group] / chances[group].sum())]
        whole = step % WHOLE_EVERY == 0
        count = LARGE_BATCH if group else SMALL_BATCH
        pictures, aims, cells = batch(random, data, count // 2 if whole else count, whole)
        rate = PEAK_RATE * min(1, (step + 1) / 100) * max(0.01, 0.5 * (1 + math.cos(math.pi * done)))
        for parameters in optimiser.param_groups:
            parameters["lr"] = rate
        if done > FROZEN_FROM:
            freeze_statistics(network)
        value = detector.loss(network(pictures), *aims, cells, cells)
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 10.0)
        optimiser.step()
        step += 1
        blend(average, network, max(1 / step, 0.004))
        running += 0.02 * (value.item() - running)
        done = (time.time() - started) / (60 * options.minutes)
        if step % 200 == 0:
            print(f"step {step}, {100 * done:.0f} %, loss {running:.3f}", flush=True)
    print("processor seconds", round(time.process_time()))
    for name in options.validation:
        print(name, measure(average, Frames(name)))
    detector.export(average, f"{options.out}/surface-inspection-unfolded.onnx", folded=False)
    detector.export(average, f"{options.out}/model.onnx", folded=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", nargs="+", required=True)
    parser.add_argument("--large", nargs="*", default=[])
    parser.add_argument("--validation", nargs="+", required=True)
    parser.add_argument("--start", help="an unfolded ONNX file to continue from")
    parser.add_argument("--out", required=True)
    train(parser.parse_args())
