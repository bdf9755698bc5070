/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.amarena.api.model.Model;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The model on bare ONNX Runtime: one shared session with the options that the backend uses by default, as many callers as
 * the gateway has workers, inputs that are used again and outputs that are pinned. The fastest that the runtime can do.
 */
final class RawRuntime implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final long[] inputShape;

    /**
     * Loads the model.
     *
     * @param inputShape concrete, of the only input
     */
    RawRuntime(final Model model, final long[] inputShape) throws OrtException, IOException {
        this.inputShape = inputShape.clone();
        final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.setMemoryPatternOptimization(true);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        for (final Map.Entry<String, String> entry : model.descriptor().session().entrySet()) {
            options.addConfigEntry(entry.getKey(), entry.getValue());
        }
        final ByteBuffer bytes = model.bytes();
        final byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        session = environment.createSession(copy, options);
    }

    /** Runs with as many callers as are asked for, and looks at them for a time. */
    Window run(final int callers, final long nanos) throws OrtException, InterruptedException {
        final AtomicLong frames = new AtomicLong();
        final AtomicBoolean enough = new AtomicBoolean();
        final AtomicReference<OrtException> failure = new AtomicReference<>();
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            final Thread thread = new Thread(() -> {
                try {
                    call(frames, enough);
                } catch (final OrtException broken) {
                    failure.set(broken);
                }
            }, "amarena-bench-raw-" + i);
            thread.start();
            threads.add(thread);
        }
        final Window window;
        try {
            window = Window.of(frames::get, nanos);
        } finally {
            enough.set(true);
            for (final Thread thread : threads) {
                thread.join();
            }
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        return window;
    }

    private void call(final AtomicLong frames, final AtomicBoolean enough) throws OrtException {
        final String input = session.getInputNames().iterator().next();
        try (OnnxTensor tensor = tensor(inputShape)) {
            final Map<String, OnnxTensorLike> inputs = Map.of(input, tensor);
            final Map<String, OnnxValue> pinned = pinned(inputs);
            while (!enough.get()) {
                session.run(inputs, Set.of(), pinned).close();
                frames.addAndGet(inputShape[0]);
            }
            for (final OnnxValue output : pinned.values()) {
                output.close();
            }
        }
    }

    private Map<String, OnnxValue> pinned(final Map<String, OnnxTensorLike> inputs) throws OrtException {
        final Map<String, OnnxValue> pinned = new HashMap<>();
        try (OrtSession.Result first = session.run(inputs)) {
            for (final Map.Entry<String, OnnxValue> output : first) {
                pinned.put(output.getKey(), tensor(((TensorInfo) output.getValue().getInfo()).getShape()));
            }
        }
        return pinned;
    }

    private OnnxTensor tensor(final long[] shape) throws OrtException {
        long elements = 1;
        for (final long dimension : shape) {
            elements *= dimension;
        }
        final FloatBuffer data = ByteBuffer.allocateDirect(Math.toIntExact(4 * elements)).order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        return OnnxTensor.createTensor(environment, data, shape);
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
