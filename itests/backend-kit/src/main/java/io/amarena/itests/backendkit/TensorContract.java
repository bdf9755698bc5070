/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.backendkit;

import static io.amarena.itests.backendkit.TensorValues.floats;
import static io.amarena.itests.backendkit.TensorValues.longs;
import static io.amarena.itests.backendkit.TensorValues.write;
import static io.amarena.itests.backendkit.TensorValues.writeBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.Session;
import io.amarena.api.backend.Slot;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The part of the contract about tensors: several inputs, sizes, element types, fixed batches, outputs that vary. */
abstract class TensorContract extends ContractVocabulary {

    @Test
    void several_inputs_and_outputs_are_kept_apart() throws BackendException {
        try (Session session = open(KitModel.TWO_INPUTS)) {
            final Slot slot = session.acquire(twoInputs(2));
            write(slot.inputs().get("a"), 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f);
            write(slot.inputs().get("b"), 10f, 20f, 30f, 40f, 50f, 60f, 70f, 80f);
            slot.run(2);
            assertClose(new float[] {11, 22, 33, 44, 55, 66, 77, 88}, floats(slot.outputs().get("sum")));
            assertClose(new float[] {-9, -18, -27, -36, -45, -54, -63, -72},
                    floats(slot.outputs().get("difference")));
            slot.run(1);
            assertClose(new float[] {11, 22, 33, 44}, floats(slot.outputs().get("sum")));
            slot.release();
        }
    }

    @Test
    void an_input_that_all_frames_share_is_whole_in_partial_batches() throws BackendException {
        try (Session session = open(KitModel.SHARED_INPUT)) {
            final Slot slot = session.acquire(layout(2, Map.of("x", Shape.of(2, 3), "factors", Shape.of(3))));
            write(slot.inputs().get("x"), 1f, 1f, 1f, 2f, 2f, 2f);
            write(slot.inputs().get("factors"), 10f, 20f, 30f);
            slot.run(2);
            assertClose(new float[] {10, 20, 30, 20, 40, 60}, floats(slot.outputs().get("y")));
            slot.run(1);
            assertClose(new float[] {10, 20, 30}, floats(slot.outputs().get("y")));
            slot.release();
        }
    }

    @Test
    void one_session_serves_several_input_sizes_and_the_output_follows() throws BackendException {
        try (Session session = open(KitModel.CONV)) {
            for (int round = 0; round < 3; round++) {
                for (final int[] size : new int[][] {{8, 8}, {6, 12}, {3, 5}, {16, 4}}) {
                    runConv(session, 2, size[0], size[1]);
                }
            }
        }
    }

    final void runConv(final Session session, final int capacity, final int height, final int width)
            throws BackendException {
        final Slot slot = session.acquire(layout(capacity, Map.of("image", Shape.of(capacity, 1, height, width))));
        final float[] image = sequence(capacity * height * width, height);
        write(slot.inputs().get("image"), image);
        for (int count = 1; count <= capacity; count++) {
            slot.run(count);
            final Tensor grid = slot.outputs().get("grid");
            final int rows = (height + 1) / 2;
            final int columns = (width + 1) / 2;
            assertEquals(Shape.of(count, 1, rows, columns), grid.shape());
            final float[] expected = new float[count * rows * columns];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = sumOfNine(image, i / (rows * columns) * height * width, height, width,
                        i / columns % rows * 2, i % columns * 2);
            }
            assertClose(expected, floats(grid));
        }
        slot.release();
    }

    private static float sumOfNine(final float[] image, final int offset, final int height, final int width,
            final int row, final int column) {
        float sum = 0;
        for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
            for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
                sum += image[offset + y * width + x];
            }
        }
        return sum;
    }

    @Test
    void bytes_are_unsigned_pixels() throws BackendException {
        try (Session session = open(KitModel.PIXELS)) {
            final Slot slot = session.acquire(layout(1, Map.of("pixels", Shape.of(1, 4))));
            writeBytes(slot.inputs().get("pixels"), 0, 127, 128, 255);
            slot.run(1);
            assertClose(new float[] {0, 127, 128, 255}, floats(slot.outputs().get("y")));
            slot.release();
        }
    }

    @Test
    void integers_of_64_bits_keep_every_digit() throws BackendException {
        try (Session session = open(KitModel.INTEGERS)) {
            final Slot slot = session.acquire(layout(1, Map.of("x", Shape.of(1, 3))));
            write(slot.inputs().get("x"), 1L, -5L, 4_000_000_000_000_001L);
            slot.run(1);
            assertArrayEquals(new long[] {2, -10, 8_000_000_000_000_002L}, longs(slot.outputs().get("y")));
            slot.release();
        }
    }

    @Test
    void an_output_whose_size_depends_on_the_values_has_the_right_size_in_every_run() throws BackendException {
        try (Session session = open(KitModel.NONZERO)) {
            for (int round = 0; round < 2; round++) {
                final Slot slot = session.acquire(layout(2, Map.of("x", Shape.of(2, 4))));
                for (final int filled : new int[] {3, 3, 8, 0, 1, 5, 0, 8}) {
                    checkNonzero(slot, filled, 2);
                }
                checkNonzero(slot, 2, 1);
                slot.release();
            }
        }
    }

    private void checkNonzero(final Slot slot, final int filled, final int count) throws BackendException {
        final float[] x = new float[8];
        Arrays.fill(x, 0, filled, 7);
        write(slot.inputs().get("x"), x);
        slot.run(count);
        final long[] expected = new long[2 * filled];
        for (int i = 0; i < filled; i++) {
            expected[i] = i / 4;
            expected[filled + i] = i % 4;
        }
        assertEquals(Shape.of(2, filled), slot.outputs().get("places").shape());
        assertArrayEquals(expected, longs(slot.outputs().get("places")));
        final float[] negated = new float[4 * count];
        Arrays.fill(negated, 0, filled, -7);
        assertClose(negated, floats(slot.outputs().get("negated")));
    }

    @Test
    void a_model_with_a_fixed_batch_of_one_takes_one_frame_at_a_time() throws BackendException {
        try (Session session = open(KitModel.FIXED_ONE)) {
            final Slot slot = session.acquire(addOne(1));
            write(slot.inputs().get("x"), 1f, 2f, 3f, 4f);
            slot.run(1);
            assertClose(new float[] {2, 3, 4, 5}, floats(slot.outputs().get("y")));
            slot.release();

            assertMismatch(session, addOne(2), "fixed-one", "x");
            assertMismatch(session, layout(2, Map.of("x", Shape.of(1, 4))), "fixed-one", "x");
        }
    }

    @Test
    void a_model_with_a_larger_fixed_batch_computes_partial_batches_rightly() throws BackendException {
        try (Session session = open(KitModel.FIXED_FOUR)) {
            final Slot slot = session.acquire(layout(4, Map.of("x", Shape.of(4, 2))));
            write(slot.inputs().get("x"), 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f);
            for (final int count : new int[] {4, 2, 1}) {
                slot.run(count);
                final float[] y = floats(slot.outputs().get("y"));
                for (int i = 0; i < count * 2; i++) {
                    assertEquals(i + 2, y[i], tolerance() * (i + 2));
                }
            }
            slot.release();
        }
    }
}
