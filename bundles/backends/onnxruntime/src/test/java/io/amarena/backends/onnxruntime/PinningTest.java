/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BatchLayout;
import io.amarena.api.backend.Session;
import io.amarena.api.backend.SessionOptions;
import io.amarena.api.backend.Slot;
import io.amarena.api.tensor.Shape;
import io.amarena.itests.backendkit.KitModel;
import io.amarena.itests.backendkit.TensorValues;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever a model declares about its outputs, what a slot answers is what the model computed. */
class PinningTest {

    private static final OnnxRuntimeBackend BACKEND = TestBackends.withDefaults();

    private static Session open(final String model) throws BackendException {
        return BACKEND.open(TestBackends.model(model), BACKEND.devices().get(0), SessionOptions.forCallers(2));
    }

    private static Slot acquire(final Session session, final int capacity) throws BackendException {
        return session.acquire(new BatchLayout(capacity, Map.of("x", Shape.of(capacity, 2))));
    }

    private static void run(final Slot slot, final int count, final float... x) throws BackendException {
        TensorValues.write(slot.inputs().get("x"), x);
        slot.run(count);
    }

    private static void assertOutput(final Slot slot, final String name, final Shape shape, final float... values)
            throws BackendException {
        assertEquals(shape, slot.outputs().get(name).shape());
        assertArrayEquals(values, TensorValues.floats(slot.outputs().get(name)));
    }

    @Test
    void an_input_that_is_passed_on_as_an_output_is_read_and_not_left_as_it_was() throws BackendException {
        try (Session session = open("passed-on")) {
            final Slot slot = acquire(session, 2);
            for (int i = 1; i < 4; i++) {
                run(slot, 2, i, 2, 3, 4);
                assertOutput(slot, "x", Shape.of(2, 2), i, 2, 3, 4);
                assertOutput(slot, "negated", Shape.of(2, 2), -i, -2, -3, -4);
            }
            slot.release();
            assertEquals("x", session.facts().get("copied outputs"));
        }
    }

    @Test
    void a_batch_dimension_that_is_declared_but_not_kept_does_no_harm() throws BackendException {
        try (Session session = open("wrong-dimension")) {
            final Slot slot = acquire(session, 3);
            run(slot, 3, 1, 2, 3, 4, 5, 6);
            assertOutput(slot, "y", Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
            run(slot, 3, -1, -2, 3, 4, -5, -6);
            assertOutput(slot, "y", Shape.of(1, 2), 3, 4);
            run(slot, 2, -1, -2, -3, -4, 5, 6);
            assertOutput(slot, "y", Shape.of(0, 2));
            run(slot, 3, 1, 2, -3, -4, 5, 6);
            assertOutput(slot, "y", Shape.of(2, 2), 1, 2, 5, 6);
            slot.release();
            assertEquals("y", session.facts().get("copied outputs"));
        }
    }

    @Test
    void a_fixed_batch_that_is_declared_but_not_kept_does_no_harm() throws BackendException {
        try (Session session = open("wrong-batch")) {
            final Slot slot = acquire(session, 3);
            run(slot, 1, 1, 2, 3, 4, 5, 6);
            assertOutput(slot, "y", Shape.of(1, 2), -1, -2);
            run(slot, 3, 1, 2, 3, 4, 5, 6);
            assertOutput(slot, "y", Shape.of(3, 2), -1, -2, -3, -4, -5, -6);
            run(slot, 3, 6, 5, 4, 3, 2, 1);
            assertOutput(slot, "y", Shape.of(3, 2), -6, -5, -4, -3, -2, -1);
            slot.release();
        }
    }

    @Test
    void an_output_of_unknown_and_changing_rank_is_read_as_it_comes() throws BackendException {
        try (Session session = open("unknown-rank")) {
            final Slot slot = acquire(session, 1);
            run(slot, 1, 1, 2);
            assertOutput(slot, "y", Shape.of(1, 2), 1, 2);
            run(slot, 1, -1, -2);
            assertOutput(slot, "y", Shape.of(), -3);
            run(slot, 1, 3, 4);
            assertOutput(slot, "y", Shape.of(1, 2), 3, 4);
            slot.release();
        }
    }

    @Test
    void an_output_that_was_excluded_in_one_slot_is_right_in_another_that_had_pinned_it() throws BackendException {
        try (Session session = open("wrong-dimension")) {
            final Slot first = acquire(session, 2);
            final Slot second = acquire(session, 2);
            run(first, 2, 1, 2, 3, 4);
            run(second, 2, 5, 6, 7, 8);
            run(first, 2, -1, -2, 3, 4);

            assertOutput(second, "y", Shape.of(2, 2), 5, 6, 7, 8);
            run(second, 2, 9, 10, 11, 12);
            assertOutput(second, "y", Shape.of(2, 2), 9, 10, 11, 12);
            run(second, 2, -9, -10, 11, 12);
            assertOutput(second, "y", Shape.of(1, 2), 11, 12);
            first.release();
            second.release();
        }
    }

    @Test
    void unsigned_outputs_that_cannot_be_pinned_are_copied() throws BackendException {
        try (Session session = open("unsigned-output")) {
            final Slot slot = acquire(session, 1);
            run(slot, 1, 65_535, 7);
            final ByteBuffer data = slot.outputs().get("y").data();
            assertEquals(4, data.limit());
            assertEquals((short) 65_535, data.getShort(0));
            assertEquals(7, data.getShort(2));
            slot.release();
        }
    }

    @Test
    void outputs_that_keep_their_shape_stay_in_their_place_and_none_is_copied() throws BackendException {
        try (Session session = BACKEND.open(KitModel.CONV.onnx(), BACKEND.devices().get(0),
                SessionOptions.forCallers(1))) {
            final Slot slot = session.acquire(new BatchLayout(2, Map.of("image", Shape.of(2, 1, 8, 8))));
            slot.run(2);
            final ByteBuffer place = slot.outputs().get("grid").data();
            slot.run(1);
            slot.run(2);
            assertSame(place, slot.outputs().get("grid").data());
            slot.release();
            assertEquals("none", session.facts().get("copied outputs"));
        }
    }

    @Test
    void a_run_that_fails_for_its_values_excludes_nothing() throws BackendException {
        try (Session session = BACKEND.open(KitModel.GATHER.onnx(), BACKEND.devices().get(0),
                SessionOptions.forCallers(1))) {
            final Slot slot = session.acquire(new BatchLayout(1, Map.of("index", Shape.of(1))));
            slot.run(1);
            TensorValues.write(slot.inputs().get("index"), 99L);
            assertThrows(BackendException.class, () -> slot.run(1));
            slot.release();
            assertEquals("none", session.facts().get("copied outputs"));
        }
    }
}
