/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.pack;

import io.amarena.lib.onnx.OnnxDimension;
import io.amarena.lib.onnx.OnnxType;
import io.amarena.lib.onnx.OnnxValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The input of a model that looks like one for pictures: four dimensions, one or three channels.
 *
 * @param name         of the tensor
 * @param type         of its elements
 * @param channelsLast NHWC instead of NCHW
 * @param batch        pictures per run, −1 where it is free
 * @param channels     1 or 3, −1 where it is free
 * @param width        in pixels, −1 where it is free
 * @param height       in pixels, −1 where it is free
 */
record ImageTensor(String name, OnnxType type, boolean channelsLast, long batch, long channels, long width,
        long height) {

    private static final Set<OnnxType> TYPES = Set.of(OnnxType.FLOAT, OnnxType.FLOAT16, OnnxType.UINT8);
    private static final Set<Long> CHANNELS = Set.of(1L, 3L);

    /** The first input that may be one. */
    static Optional<ImageTensor> among(final List<OnnxValue> inputs) {
        return inputs.stream().map(ImageTensor::of).flatMap(Optional::stream).findFirst();
    }

    private static Optional<ImageTensor> of(final OnnxValue input) {
        if (input.kind() != OnnxValue.Kind.TENSOR || input.shape().size() != 4 || !TYPES.contains(input.type())) {
            return Optional.empty();
        }
        final long[] shape = input.shape().stream().mapToLong(OnnxDimension::size).toArray();
        if (CHANNELS.contains(shape[1]) || shape[1] == OnnxDimension.FREE && !CHANNELS.contains(shape[3])) {
            return Optional.of(new ImageTensor(input.name(), input.type(), false, shape[0], shape[1], shape[3],
                    shape[2]));
        }
        if (CHANNELS.contains(shape[3])) {
            return Optional.of(new ImageTensor(input.name(), input.type(), true, shape[0], shape[3], shape[2],
                    shape[1]));
        }
        return Optional.empty();
    }

    boolean sized() {
        return width > 0 && height > 0;
    }
}
