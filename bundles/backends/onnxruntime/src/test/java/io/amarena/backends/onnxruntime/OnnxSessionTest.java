/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BackendException.Code;
import io.amarena.api.backend.BatchLayout;
import io.amarena.api.backend.Device;
import io.amarena.api.backend.DeviceKind;
import io.amarena.api.backend.Session;
import io.amarena.api.backend.SessionOptions;
import io.amarena.api.backend.Slot;
import io.amarena.api.model.Model;
import io.amarena.api.tensor.ElementType;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.itests.backendkit.KitModel;
import io.amarena.itests.backendkit.KitPack;
import io.amarena.itests.backendkit.TensorValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class OnnxSessionTest {

    private static final OnnxRuntimeBackend BACKEND = TestBackends.withDefaults();
    private static final Device CPU = BACKEND.devices().get(0);

    private static Session open(final Model model) throws BackendException {
        return BACKEND.open(model, CPU, SessionOptions.forCallers(1));
    }

    private static BatchLayout addOne(final int capacity) {
        return new BatchLayout(capacity, Map.of("x", Shape.of(capacity, 4)));
    }

    @Test
    void the_device_is_the_processor() {
        assertEquals("cpu", CPU.id());
        assertEquals(DeviceKind.CPU, CPU.kind());
        assertEquals(Processor.ofThisMachine().description(), CPU.description());
        assertTrue(CPU.precisions().containsAll(Set.of("fp32", "int8")));
    }

    @Test
    void other_devices_and_other_files_than_onnx_are_declined_with_a_reason() {
        final KitPack model = TestBackends.model("passed-on");

        assertTrue(BACKEND.supports(model.withFile("net.ONNX"), CPU).supported());
        assertTrue(BACKEND.supports(model.withFile("net.tflite"), CPU).reason().contains("net.tflite"));
        assertTrue(BACKEND.supports(model, Device.of("gpu:0", DeviceKind.GPU)).reason().contains("gpu:0"));
        final BackendException error = assertThrows(BackendException.class,
                () -> open(model.withFile("net.tflite")).close());
        assertEquals(Code.MODEL_REFUSED, error.code());
    }

    @Test
    void every_element_type_goes_in_and_comes_out_bit_by_bit() throws BackendException {
        try (Session session = open(TestBackends.model("every-type"))) {
            final Map<String, Shape> shapes = session.inputs().stream()
                    .collect(Collectors.toMap(TensorSpec::name, input -> Shape.of(2, 2)));
            final Slot slot = session.acquire(new BatchLayout(2, shapes));
            final Set<ElementType> seen = new HashSet<>();
            for (final TensorSpec input : session.inputs()) {
                final Tensor tensor = slot.inputs().get(input.name());
                for (int i = 0; i < tensor.data().limit(); i++) {
                    tensor.data().put(i, (byte) (input.type() == ElementType.BOOL ? i % 2 : 17 * i + 1));
                }
                seen.add(input.type());
            }
            slot.run(2);
            slot.run(2);
            for (final TensorSpec input : session.inputs()) {
                final Tensor output = slot.outputs().get(input.name().replace("in_", "out_"));
                assertEquals(input.type(), output.spec().type());
                assertEquals(slot.inputs().get(input.name()).data(), output.data(), input::toString);
            }
            slot.release();
            assertEquals(Set.of(ElementType.FLOAT32, ElementType.FLOAT64, ElementType.FLOAT16, ElementType.BFLOAT16,
                    ElementType.INT8, ElementType.UINT8, ElementType.INT16, ElementType.INT32, ElementType.INT64,
                    ElementType.BOOL), seen);
        }
    }

    @ParameterizedTest
    @CsvSource({"text-input, words, STRING", "sequence-output, parts, sequences", "unsigned-input, x, UINT32",
            "unknown-operator, Levitate, No Op"})
    void models_that_cannot_be_fed_or_read_are_refused_and_the_message_says_where(final String name,
            final String place, final String cause) {
        final BackendException error = assertThrows(BackendException.class,
                () -> open(TestBackends.model(name)).close());

        assertEquals(Code.MODEL_REFUSED, error.code());
        for (final String word : List.of(name, place, cause)) {
            assertTrue(error.getMessage().contains(word), error::getMessage);
        }
    }

    @Test
    void facts_tell_the_runtime_and_all_options() throws BackendException {
        try (Session session = BACKEND.open(TestBackends.model("passed-on"), CPU,
                SessionOptions.forCallers(3).withThreadsPerRun(2).withEntries(
                        Map.of("session.disable_prepacking", "1")))) {
            final Map<String, String> facts = session.facts();
            assertEquals("1.28.0", facts.get("ONNX Runtime"));
            assertTrue(facts.get("providers").contains("CPU"));
            assertEquals("3", facts.get("callers"));
            assertEquals("2", facts.get("threads per run"));
            assertEquals("1", facts.get("session.disable_prepacking"));
            assertEquals("0", facts.get("session.intra_op.allow_spinning"));
            assertEquals(3, session.concurrency());
        }
    }

    @Test
    void a_session_entry_that_onnx_runtime_does_not_take_is_named() {
        final BackendException error = assertThrows(BackendException.class,
                () -> BACKEND.open(TestBackends.model("passed-on"), CPU, SessionOptions.forCallers(1).withEntries(
                        Map.of("session." + "x".repeat(5000), "1"))).close());

        assertEquals(Code.MODEL_REFUSED, error.code());
        assertTrue(error.getMessage().contains("session.xxx"), error::getMessage);
    }

    @Test
    void a_released_slot_is_used_again_for_its_layout_alone() throws BackendException {
        try (Session session = open(KitModel.ADD_ONE.onnx())) {
            final Slot slot = session.acquire(addOne(2));
            slot.release();
            final Slot other = session.acquire(addOne(3));
            assertNotSame(slot, other);
            other.release();
            assertSame(slot, session.acquire(addOne(2)));
            slot.release();
        }
    }

    @Test
    void slots_beyond_what_callers_need_are_not_kept() throws BackendException {
        try (Session session = open(KitModel.ADD_ONE.onnx())) {
            final List<Slot> first = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                first.add(session.acquire(addOne(1)));
            }
            first.forEach(Slot::release);
            final List<Slot> second = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                second.add(session.acquire(addOne(1)));
            }
            second.forEach(Slot::release);
            second.retainAll(first);
            assertEquals(2, second.size());
        }
    }

    @Test
    void a_slot_that_is_used_after_its_release_says_so() throws BackendException {
        try (Session session = open(KitModel.ADD_ONE.onnx())) {
            final Slot slot = session.acquire(addOne(1));
            slot.release();
            assertThrows(IllegalStateException.class, () -> slot.run(1));
            assertThrows(IllegalStateException.class, slot::inputs);
            assertThrows(IllegalStateException.class, slot::release);
        }
    }

    @Test
    void there_are_no_outputs_before_a_run_or_after_one_that_failed() throws BackendException {
        try (Session session = open(KitModel.GATHER.onnx())) {
            final Slot slot = session.acquire(new BatchLayout(1, Map.of("index", Shape.of(1))));
            assertThrows(IllegalStateException.class, slot::outputs);
            slot.run(1);
            assertArrayEquals(new float[] {10}, TensorValues.floats(slot.outputs().get("y")));
            TensorValues.write(slot.inputs().get("index"), 50L);
            assertThrows(BackendException.class, () -> slot.run(1));
            assertThrows(IllegalStateException.class, slot::outputs);
            slot.release();
        }
    }

    @Test
    void closing_with_slots_out_is_logged_and_done_when_the_last_one_is_back() throws BackendException {
        final Logger log = (Logger) LoggerFactory.getLogger(OnnxSession.class);
        final ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        log.addAppender(events);
        try {
            final OnnxSession session = (OnnxSession) open(KitModel.ADD_ONE.onnx());
            final Slot first = session.acquire(addOne(1));
            final Slot second = session.acquire(addOne(1));
            session.close();

            assertEquals(List.of(Level.ERROR), events.list.stream().map(ILoggingEvent::getLevel).toList());
            assertTrue(events.list.get(0).getFormattedMessage().contains("add-one"));
            first.release();
            assertFalse(session.isFreed());
            second.run(1);
            second.release();
            assertTrue(session.isFreed());
        } finally {
            log.detachAppender(events);
        }
    }
}
