/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.backendkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes and reads whole tensors as Java arrays, from element 0 on. */
public final class TensorValues {

    private TensorValues() {
    }

    public static void write(final Tensor tensor, final float... values) {
        for (int i = 0; i < values.length; i++) {
            tensor.data().putFloat(i * Float.BYTES, values[i]);
        }
    }

    public static void write(final Tensor tensor, final long... values) {
        for (int i = 0; i < values.length; i++) {
            tensor.data().putLong(i * Long.BYTES, values[i]);
        }
    }

    public static void writeBytes(final Tensor tensor, final int... values) {
        for (int i = 0; i < values.length; i++) {
            tensor.data().put(i, (byte) values[i]);
        }
    }

    /** All elements; the buffer must hold exactly as many as the shape says. */
    public static float[] floats(final Tensor tensor) {
        final ByteBuffer data = exact(tensor);
        final float[] values = new float[data.limit() / Float.BYTES];
        data.asFloatBuffer().get(values);
        return values;
    }

    /** All elements; the buffer must hold exactly as many as the shape says. */
    public static long[] longs(final Tensor tensor) {
        final ByteBuffer data = exact(tensor);
        final long[] values = new long[data.limit() / Long.BYTES];
        data.asLongBuffer().get(values);
        return values;
    }

    private static ByteBuffer exact(final Tensor tensor) {
        final Shape shape = tensor.shape();
        final ByteBuffer data = tensor.data();
        assertEquals(0, data.position(), () -> tensor.spec().name() + " must start at index 0");
        assertEquals(shape.elements() * tensor.spec().type().bytes(), data.limit(),
                () -> tensor.spec() + " has the shape " + shape + " and another number of bytes");
        assertEquals(ByteOrder.nativeOrder(), data.order(), () -> tensor.spec().name() + " must be in native order");
        return data.duplicate().order(ByteOrder.nativeOrder());
    }
}
