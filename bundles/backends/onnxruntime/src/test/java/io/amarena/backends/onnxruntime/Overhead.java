/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.ThreadMXBean;
import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BatchLayout;
import io.amarena.api.backend.Session;
import io.amarena.api.backend.SessionOptions;
import io.amarena.api.backend.Slot;
import io.amarena.api.model.Model;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.itests.backendkit.KitModel;
import io.amarena.itests.backendkit.KitPack;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Measures what a slot costs beyond ONNX Runtime's own call with pinned outputs, in alternating rounds on the same
 * model. Not a test; run it by hand:
 *
 * <pre>Overhead [MODEL.onnx] [ROUNDS] [RUNS PER ROUND]</pre>
 *
 * The model has fixed float inputs, or leaves only the batch free; without one, a tiny one is used.
 */
public final class Overhead {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Overhead() {
    }

    private interface Run {
        void once() throws OrtException, BackendException;
    }

    /** Medians are printed: nanoseconds and bytes of heap per run. */
    public static void main(final String[] arguments) throws OrtException, BackendException, IOException {
        final Model model = arguments.length > 0
                ? KitPack.of(Path.of(arguments[0]).getFileName().toString(), Files.readAllBytes(Path.of(arguments[0])))
                : KitModel.ADD_ONE.onnx();
        final int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 21;
        final int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100_000;
        final OnnxRuntimeBackend backend = TestBackends.withDefaults();
        final SessionOptions options = SessionOptions.forCallers(1);
        final OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (Session session = backend.open(model, backend.devices().get(0), options);
                OrtSession.SessionOptions rawOptions = new OrtSession.SessionOptions()) {
            SessionPlan.decide(TestBackends.settings(Map.of()), options, model, Processor.ofThisMachine())
                    .applyTo(rawOptions, model);
            final BatchLayout layout = layout(session);
            try (OrtSession raw = environment.createSession(model.bytes(), rawOptions)) {
                final Run rawRun = rawRun(environment, raw, session, layout);
                final Slot slot = session.acquire(layout);
                final Run whole = () -> {
                    final Slot acquired = session.acquire(layout);
                    acquired.run(1);
                    acquired.outputs();
                    acquired.release();
                };
                compare(rounds, runs, rawRun, () -> slot.run(1), whole);
                slot.release();
            }
        }
    }

    private static BatchLayout layout(final Session session) {
        final Map<String, Shape> shapes = new LinkedHashMap<>();
        for (final TensorSpec input : session.inputs()) {
            shapes.put(input.name(), input.shape().dimension(0) == Shape.FREE ? input.shape().with(0, 1)
                    : input.shape());
        }
        return new BatchLayout(1, shapes);
    }

    private static Run rawRun(final OrtEnvironment environment, final OrtSession raw, final Session session,
            final BatchLayout layout) throws OrtException, BackendException {
        final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        for (final Map.Entry<String, Shape> input : layout.inputs().entrySet()) {
            inputs.put(input.getKey(), tensor(environment, input.getValue()));
        }
        final Slot slot = session.acquire(layout);
        slot.run(1);
        final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
        for (final TensorSpec output : session.outputs()) {
            outputs.put(output.name(), tensor(environment, slot.outputs().get(output.name()).shape()));
        }
        slot.release();
        return () -> raw.run(inputs, Set.of(), outputs).close();
    }

    private static OnnxTensor tensor(final OrtEnvironment environment, final Shape shape) throws OrtException {
        final ByteBuffer data = ByteBuffer.allocateDirect((int) shape.elements() * Float.BYTES)
                .order(ByteOrder.nativeOrder());
        return OnnxTensor.createTensor(environment, data, shape.toArray(), OnnxJavaType.FLOAT);
    }

    private static void compare(final int rounds, final int runs, final Run... candidates)
            throws OrtException, BackendException {
        final String[] names = {"raw", "slot.run", "acquire to release"};
        final double[][] nanos = new double[candidates.length][rounds];
        final double[][] bytes = new double[candidates.length][rounds];
        for (int round = -3; round < rounds; round++) {
            for (int i = 0; i < candidates.length; i++) {
                final long allocated = THREADS.getCurrentThreadAllocatedBytes();
                final long start = System.nanoTime();
                for (int run = 0; run < runs; run++) {
                    candidates[i].once();
                }
                if (round >= 0) {
                    nanos[i][round] = (System.nanoTime() - start) / (double) runs;
                    bytes[i][round] = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / (double) runs;
                }
            }
        }
        for (int i = 0; i < candidates.length; i++) {
            System.out.printf("%-20s %12.0f ns  %8.0f bytes%n", names[i], median(nanos[i]), median(bytes[i]));
        }
    }

    private static double median(final double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
