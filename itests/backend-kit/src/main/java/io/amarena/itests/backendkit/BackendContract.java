/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.backendkit;

import static io.amarena.itests.backendkit.TensorValues.floats;
import static io.amarena.itests.backendkit.TensorValues.write;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.amarena.api.backend.Backend;
import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BackendException.Code;
import io.amarena.api.backend.BatchLayout;
import io.amarena.api.backend.Device;
import io.amarena.api.backend.Session;
import io.amarena.api.backend.SessionOptions;
import io.amarena.api.backend.Slot;
import io.amarena.api.backend.Support;
import io.amarena.api.tensor.ElementType;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.TensorSpec;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Backend} has to do, as tests: extend it, answer {@link #backend()}, and run it with JUnit 5.
 *
 * <p>A backend whose runtime does not read ONNX overrides {@link #model(KitModel)} with models of its own format that
 * compute the same. A model that {@link Backend#supports} declines is skipped, except for the core of the kit: sum,
 * matrix product, two inputs, convolution and uint8 pixels.
 */
public abstract class BackendContract extends TensorContract {

    // ---- devices and support

    @Test
    void the_backend_offers_a_device_and_names_it() {
        final List<Device> devices = backend().devices();

        assertFalse(devices.isEmpty());
        assertEquals(devices.size(), devices.stream().map(Device::id).distinct().count());
        for (final Device device : devices) {
            assertFalse(device.id().isBlank());
            assertFalse(device.description().isBlank());
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_backend_says_whether_and_if_not_why_it_supports_a_model(final KitModel which) {
        final Support support = backend().supports(model(which), device());

        assertTrue(support.supported() || !REQUIRED.contains(which), support::reason);
        assertEquals(support.supported(), support.reason().isEmpty());
    }

    // ---- what a session says about itself

    @Test
    void inputs_and_outputs_are_reported_as_the_model_declares_them() throws BackendException {
        try (Session session = open(KitModel.CONV)) {
            assertEquals(List.of(new TensorSpec("image", ElementType.FLOAT32, Shape.of(-1, 1, -1, -1))),
                    session.inputs());
            assertEquals(List.of(new TensorSpec("grid", ElementType.FLOAT32, Shape.of(-1, 1, -1, -1))),
                    session.outputs());
        }
        try (Session session = open(KitModel.TWO_INPUTS)) {
            assertEquals(List.of("a", "b"), session.inputs().stream().map(TensorSpec::name).toList());
            assertEquals(List.of("sum", "difference"), session.outputs().stream().map(TensorSpec::name).toList());
        }
        try (Session session = open(KitModel.FIXED_ONE)) {
            assertEquals(Shape.of(1, 4), session.inputs().get(0).shape());
        }
        try (Session session = open(KitModel.PIXELS)) {
            assertEquals(ElementType.UINT8, session.inputs().get(0).type());
        }
    }

    @Test
    void at_least_one_slot_is_worth_running() throws BackendException {
        try (Session session = open(KitModel.ADD_ONE)) {
            assertTrue(session.concurrency() >= 1);
            session.facts().forEach((name, fact) -> assertFalse(name.isBlank() || fact.isBlank()));
        }
    }

    // ---- slots

    @Test
    void input_tensors_are_direct_in_native_order_and_as_large_as_their_shape() throws BackendException {
        try (Session session = open(KitModel.TWO_INPUTS)) {
            final Slot slot = session.acquire(twoInputs(3));
            for (final String name : List.of("a", "b")) {
                final Tensor tensor = slot.inputs().get(name);
                assertEquals(name, tensor.spec().name());
                assertEquals(Shape.of(3, 4), tensor.shape());
                assertTrue(tensor.data().isDirect());
                assertFalse(tensor.data().isReadOnly());
                assertEquals(0, tensor.data().position());
                assertEquals(3 * 4 * Float.BYTES, tensor.data().limit());
                assertEquals(ByteOrder.nativeOrder(), tensor.data().order());
                assertSame(tensor.data(), slot.inputs().get(name).data());
            }
            assertEquals(session.inputs(), slot.inputs().specs());
            slot.release();
        }
    }

    @Test
    void a_tensor_that_does_not_exist_is_answered_with_the_names_that_do() throws BackendException {
        try (Session session = open(KitModel.TWO_INPUTS)) {
            final Slot slot = session.acquire(twoInputs(1));
            final IllegalArgumentException error = assertThrows(IllegalArgumentException.class,
                    () -> slot.inputs().get("nobody"));
            assertMentions(error, "nobody", "a", "b");
            slot.release();
        }
    }

    @Test
    void a_batch_gives_the_numbers_that_the_model_stands_for() throws BackendException {
        try (Session session = open(KitModel.MATMUL)) {
            final Slot slot = session.acquire(matmul(2));
            write(slot.inputs().get("x"), 1f, 0f, 0f, 1f, 1f, 1f);
            slot.run(2);

            final Tensor y = slot.outputs().get("y");
            assertEquals(Shape.of(2, 2), y.shape());
            assertClose(new float[] {1, 2, 9, 12}, floats(y));
            assertEquals(session.outputs(), slot.outputs().specs());
            slot.release();
        }
    }

    @Test
    void a_slot_runs_as_often_as_wanted_and_again_after_its_release() throws BackendException {
        try (Session session = open(KitModel.ADD_ONE)) {
            for (int round = 0; round < 10; round++) {
                final Slot slot = session.acquire(addOne(2));
                for (int run = 0; run < 3; run++) {
                    final float[] x = sequence(8, round * 10 + run);
                    write(slot.inputs().get("x"), x);
                    slot.run(2);
                    assertClose(plusOne(x), floats(slot.outputs().get("y")));
                    assertClose(x, floats(slot.inputs().get("x")));
                }
                slot.release();
            }
        }
    }

    @Test
    void partial_batches_give_the_numbers_of_full_ones_in_any_order() throws BackendException {
        try (Session session = open(KitModel.MATMUL)) {
            final Slot slot = session.acquire(matmul(4));
            final float[] x = sequence(12, 3);
            write(slot.inputs().get("x"), x);
            slot.run(4);
            final float[] full = floats(slot.outputs().get("y"));
            for (final int count : new int[] {1, 3, 2, 4, 1, 2, 4, 3}) {
                slot.run(count);
                assertEquals(Shape.of(count, 2), slot.outputs().get("y").shape());
                assertClose(Arrays.copyOf(full, count * 2), floats(slot.outputs().get("y")));
                assertEquals(Shape.of(4, 3), slot.inputs().get("x").shape());
            }
            slot.release();
        }
    }

    @Test
    void outputs_stay_as_they_are_while_other_slots_run() throws BackendException {
        try (Session session = open(KitModel.ADD_ONE)) {
            final Slot kept = session.acquire(addOne(2));
            final float[] x = sequence(8, 1);
            write(kept.inputs().get("x"), x);
            kept.run(2);
            for (int i = 0; i < 20; i++) {
                final Slot other = session.acquire(addOne(1 + i % 3));
                write(other.inputs().get("x"), sequence(4, 100 + i));
                other.run(1);
                other.release();
            }
            assertClose(plusOne(x), floats(kept.outputs().get("y")));
            kept.release();
        }
    }

    @Test
    void slots_on_several_threads_each_get_their_own_answers() throws Exception {
        final int threads = 4;
        final ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (Session session = open(KitModel.MATMUL, SessionOptions.forCallers(threads))) {
            final CyclicBarrier start = new CyclicBarrier(threads);
            final List<Callable<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                final Random random = new Random(thread);
                work.add(() -> {
                    start.await();
                    for (int i = 0; i < 300; i++) {
                        runRandomBatch(session, random);
                    }
                    return null;
                });
            }
            for (final Future<Void> done : pool.invokeAll(work)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void runRandomBatch(final Session session, final Random random) throws BackendException {
        final int capacity = 1 + random.nextInt(4);
        final int count = 1 + random.nextInt(capacity);
        final float[] x = new float[capacity * 3];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextInt(100);
        }
        final Slot slot = session.acquire(matmul(capacity));
        write(slot.inputs().get("x"), x);
        slot.run(count);
        final float[] expected = new float[count * 2];
        for (int row = 0; row < count; row++) {
            expected[row * 2] = x[row * 3] + 3 * x[row * 3 + 1] + 5 * x[row * 3 + 2];
            expected[row * 2 + 1] = 2 * x[row * 3] + 4 * x[row * 3 + 1] + 6 * x[row * 3 + 2];
        }
        assertClose(expected, floats(slot.outputs().get("y")));
        slot.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void a_number_of_frames_outside_the_batch_is_refused_and_harms_nothing(final int count) throws BackendException {
        try (Session session = open(KitModel.ADD_ONE)) {
            final Slot slot = session.acquire(addOne(2));
            assertThrows(IllegalArgumentException.class, () -> slot.run(count));

            final float[] x = sequence(8, 5);
            write(slot.inputs().get("x"), x);
            slot.run(2);
            assertClose(plusOne(x), floats(slot.outputs().get("y")));
            slot.release();
        }
    }

    // ---- what does not fit

    @Test
    void a_layout_with_an_unknown_input_is_refused_with_the_names_that_exist() throws BackendException {
        try (Session session = open(KitModel.TWO_INPUTS)) {
            assertMismatch(session, layout(1, Map.of("a", Shape.of(1, 4), "c", Shape.of(1, 4))), "two-inputs", "c");
        }
    }

    @Test
    void a_layout_that_lacks_an_input_is_refused() throws BackendException {
        try (Session session = open(KitModel.TWO_INPUTS)) {
            assertMismatch(session, layout(1, Map.of("a", Shape.of(1, 4))), "two-inputs", "b");
        }
    }

    @Test
    void a_layout_with_a_wrong_rank_or_dimension_is_refused_and_the_session_goes_on() throws BackendException {
        try (Session session = open(KitModel.ADD_ONE)) {
            assertMismatch(session, layout(1, Map.of("x", Shape.of(1, 5))), "add-one", "x", "5");
            assertMismatch(session, layout(1, Map.of("x", Shape.of(1, 4, 1))), "add-one", "x");
            assertMismatch(session, layout(3, Map.of("x", Shape.of(2, 4))), "add-one", "x");
            assertMismatch(session, layout(1, Map.of("x", Shape.of(0, 4))), "add-one", "x");

            final Slot slot = session.acquire(addOne(1));
            write(slot.inputs().get("x"), 1f, 2f, 3f, 4f);
            slot.run(1);
            assertClose(new float[] {2, 3, 4, 5}, floats(slot.outputs().get("y")));
            slot.release();
        }
    }

    @Test
    void a_batch_that_no_memory_can_hold_is_refused_and_the_session_goes_on() throws BackendException {
        try (Session session = open(KitModel.CONV)) {
            final BatchLayout huge = layout(1, Map.of("image", Shape.of(1, 1, 2_000_000, 2_000_000)));
            final BackendException error = assertThrows(BackendException.class, () -> session.acquire(huge));
            assertTrue(error.code() == Code.OUT_OF_MEMORY || error.code() == Code.LAYOUT_MISMATCH, error::toString);
            assertMentions(error, "conv", "image");
            runConv(session, 1, 4, 4);
        }
    }

    @Test
    void damaged_models_are_refused_with_their_name() {
        final byte[] whole = KitModel.CONV.onnxBytes();
        final byte[] noise = new byte[2000];
        new Random(1).nextBytes(noise);
        final Map<String, byte[]> damaged = new LinkedHashMap<>();
        damaged.put("cut-off", Arrays.copyOf(whole, whole.length / 2));
        damaged.put("empty", new byte[0]);
        damaged.put("noise", noise);
        damaged.forEach((name, bytes) -> {
            final BackendException error = assertThrows(BackendException.class, () -> backend()
                    .open(KitPack.of(name, bytes), device(), SessionOptions.forCallers(1)).close(), name);
            assertEquals(Code.MODEL_REFUSED, error.code());
            assertMentions(error, name);
        });
    }

    @Test
    void a_run_that_failed_leaves_slot_and_session_usable() throws BackendException {
        try (Session session = open(KitModel.GATHER)) {
            final Slot slot = session.acquire(layout(2, Map.of("index", Shape.of(2))));
            for (int round = 0; round < 3; round++) {
                write(slot.inputs().get("index"), 0L, 3L);
                final BackendException error = assertThrows(BackendException.class, () -> slot.run(2));
                assertEquals(Code.RUN_FAILED, error.code());
                assertMentions(error, "gather");

                write(slot.inputs().get("index"), 2L, 0L);
                slot.run(2);
                assertClose(new float[] {30, 10}, floats(slot.outputs().get("y")));
            }
            slot.release();
        }
    }

    // ---- the end of a session

    @Test
    void closing_twice_is_as_good_as_once_and_a_closed_session_gives_no_slots() throws BackendException {
        final Session session = open(KitModel.ADD_ONE);
        final Slot slot = session.acquire(addOne(1));
        slot.run(1);
        slot.release();
        session.close();
        session.close();

        final BackendException error = assertThrows(BackendException.class, () -> session.acquire(addOne(1)));
        assertEquals(Code.SESSION_LOST, error.code());
    }

    @Test
    void closing_while_a_slot_is_out_crashes_nothing_and_the_slot_can_be_given_back() throws BackendException {
        final Session session = open(KitModel.ADD_ONE);
        final Slot slot = session.acquire(addOne(1));
        write(slot.inputs().get("x"), 1f, 2f, 3f, 4f);
        slot.run(1);
        try {
            session.close();
        } catch (final IllegalStateException refusedBecauseSlotIsOut) {
            slot.release();
            session.close();
            return;
        }
        assertClose(new float[] {2, 3, 4, 5}, floats(slot.outputs().get("y")));
        slot.release();
        assertThrows(BackendException.class, () -> session.acquire(addOne(1)));
        assertDoesNotThrow(session::close);
    }

    @Test
    void sessions_of_one_model_do_not_share_their_end() throws BackendException {
        final Session first = open(KitModel.ADD_ONE);
        try (Session second = open(KitModel.ADD_ONE)) {
            first.close();
            final Slot slot = second.acquire(addOne(1));
            write(slot.inputs().get("x"), 1f, 2f, 3f, 4f);
            slot.run(1);
            assertClose(new float[] {2, 3, 4, 5}, floats(slot.outputs().get("y")));
            slot.release();
        }
    }

    @Test
    void slots_that_are_out_at_the_same_time_are_different_ones() throws BackendException {
        try (Session session = open(KitModel.ADD_ONE)) {
            final Set<Slot> out = new HashSet<>();
            for (int i = 0; i < 5; i++) {
                out.add(session.acquire(addOne(1)));
            }
            assertEquals(5, out.size());
            out.forEach(Slot::release);
        }
    }
}
