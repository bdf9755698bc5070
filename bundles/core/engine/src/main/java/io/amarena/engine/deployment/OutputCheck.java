/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.tensor.ElementType;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.api.tensor.Tensors;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Whether the outputs of a run are what the model declares, and numbers. Pure functions.
 *
 * <p><strong>Note</strong> that the first dimension counts frames: it may be what is declared or the size of the
 * batch, since models with a fixed batch run as often as needed. An output of unknown rank is declared like a single
 * number, so that nothing is known about its shape.
 */
final class OutputCheck {

    private static final int FLOAT16_EXPONENT = 0x7C00;
    private static final int BFLOAT16_EXPONENT = 0x7F80;

    private OutputCheck() {
    }

    /**
     * What is wrong with the shapes.
     *
     * @param frames that ran
     */
    static Optional<String> misshapen(final Tensors outputs, final int frames) {
        for (final TensorSpec spec : outputs.specs()) {
            final Shape actual = outputs.get(spec.name()).shape();
            if (!fits(spec.shape(), actual, frames)) {
                return Optional.of("output " + spec.name() + " came with the shape " + actual + ", declared is "
                        + spec.shape() + ": export the model with the shapes that it really gives");
            }
        }
        return Optional.empty();
    }

    private static boolean fits(final Shape declared, final Shape actual, final int frames) {
        if (declared.rank() == 0) {
            return true;
        }
        return declared.admits(actual)
                || actual.rank() == declared.rank() && actual.dimension(0) == frames
                && declared.with(0, Shape.FREE).admits(actual);
    }

    /** Which output holds a value that is no number, in any of the float types. */
    static Optional<String> notFinite(final Tensors outputs) {
        for (final TensorSpec spec : outputs.specs()) {
            final Tensor tensor = outputs.get(spec.name());
            final long elements = tensor.shape().elements();
            for (int i = 0; i < elements; i++) {
                if (!finite(spec.type(), tensor.data(), i)) {
                    return Optional.of("output " + spec.name() + " holds " + text(spec.type(), tensor.data(), i)
                            + " at element " + i + ": the model is numerically broken");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean finite(final ElementType type, final ByteBuffer data, final int index) {
        return switch (type) {
            case FLOAT32 -> Float.isFinite(data.getFloat(Float.BYTES * index));
            case FLOAT64 -> Double.isFinite(data.getDouble(Double.BYTES * index));
            case FLOAT16 -> (data.getShort(Short.BYTES * index) & FLOAT16_EXPONENT) != FLOAT16_EXPONENT;
            case BFLOAT16 -> (data.getShort(Short.BYTES * index) & BFLOAT16_EXPONENT) != BFLOAT16_EXPONENT;
            default -> true;
        };
    }

    private static String text(final ElementType type, final ByteBuffer data, final int index) {
        return switch (type) {
            case FLOAT32 -> String.valueOf(data.getFloat(Float.BYTES * index));
            case FLOAT64 -> String.valueOf(data.getDouble(Double.BYTES * index));
            default -> "NaN or infinity";
        };
    }
}
