/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

import io.amarena.api.backend.Backend;
import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BatchLayout;
import io.amarena.api.backend.Device;
import io.amarena.api.backend.DeviceKind;
import io.amarena.api.backend.KernelCoverage;
import io.amarena.api.backend.Session;
import io.amarena.api.backend.SessionOptions;
import io.amarena.api.backend.Slot;
import io.amarena.api.backend.Support;
import io.amarena.api.model.Model;
import io.amarena.api.tensor.ElementType;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.Tensor;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.api.tensor.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A small accelerator in memory with injectable faults: it adds the model's first byte to each value, and counts how
 * it is treated.
 */
final class TestBackend implements Backend {

    private static final Shape ONE_VALUE = Shape.of(Shape.FREE, 1);

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger closedInUse = new AtomicInteger();
    final AtomicInteger largestBatch = new AtomicInteger();
    final AtomicBoolean failRuns = new AtomicBoolean();
    final AtomicBoolean loseSessions = new AtomicBoolean();
    volatile float poison = Float.NaN;
    volatile Shape actualShape;
    volatile float added;
    volatile long runNanos;
    volatile long ballastBytes;
    volatile OptionalLong memory = OptionalLong.empty();
    volatile Optional<KernelCoverage> kernels = Optional.empty();
    /** Sessions that add this fail on one in so many frames. */
    volatile float failingOffset = Float.NaN;
    volatile int failEvery = 1;
    private final AtomicInteger ran = new AtomicInteger();
    volatile CountDownLatch hold = new CountDownLatch(0);
    volatile CountDownLatch holdOpen = new CountDownLatch(0);
    private final String device;

    TestBackend(final String device) {
        this.device = device;
    }

    @Override
    public List<Device> devices() {
        return List.of(Device.of(device, device.equals("cpu") ? DeviceKind.CPU : DeviceKind.NPU));
    }

    @Override
    public Support supports(final Model model, final Device on) {
        return Support.yes();
    }

    @Override
    public Session open(final Model model, final Device on, final SessionOptions options) throws BackendException {
        final float offset;
        try {
            offset = model.bytes().get(0);
        } catch (final IOException unreadable) {
            throw new BackendException(BackendException.Code.MODEL_REFUSED, "cannot read " + model.id(), unreadable);
        }
        if (offset < 0) {
            throw new BackendException(BackendException.Code.MODEL_REFUSED, model.id() + " is not a model");
        }
        try {
            holdOpen.await();
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        opened.incrementAndGet();
        return new OpenSession(offset, options.callers());
    }

    private final class OpenSession implements Session {

        private final float offset;
        private final int callers;
        private final ByteBuffer ballast;
        private final AtomicInteger out = new AtomicInteger();
        private final AtomicBoolean ended = new AtomicBoolean();

        OpenSession(final float offset, final int callers) {
            this.offset = offset;
            this.callers = callers;
            this.ballast = ByteBuffer.allocateDirect((int) ballastBytes);
            for (int page = 0; page < ballast.capacity(); page += 4096) {
                ballast.put(page, (byte) 1);
            }
        }

        @Override
        public List<TensorSpec> inputs() {
            return List.of(new TensorSpec("x", ElementType.FLOAT32, ONE_VALUE));
        }

        @Override
        public List<TensorSpec> outputs() {
            return List.of(new TensorSpec("y", ElementType.FLOAT32, ONE_VALUE));
        }

        @Override
        public Optional<KernelCoverage> kernels() {
            return kernels;
        }

        @Override
        public OptionalLong memoryBytes() {
            return memory;
        }

        @Override
        public int concurrency() {
            return callers;
        }

        @Override
        public Slot acquire(final BatchLayout layout) {
            if (ended.get()) {
                closedInUse.incrementAndGet();
                throw new IllegalStateException("the session is closed");
            }
            out.incrementAndGet();
            return new HeldSlot(this, layout.capacity());
        }

        @Override
        public void close() {
            if (out.get() > 0) {
                closedInUse.incrementAndGet();
            }
            if (ended.compareAndSet(false, true)) {
                closed.incrementAndGet();
            }
        }
    }

    private final class HeldSlot implements Slot {

        private final OpenSession session;
        private final Values in;
        private final Values result;

        HeldSlot(final OpenSession session, final int capacity) {
            this.session = session;
            this.in = new Values("x", capacity);
            this.result = new Values("y", capacity);
        }

        @Override
        public Tensors inputs() {
            return in;
        }

        @Override
        public void run(final int count) throws BackendException {
            try {
                hold.await();
            } catch (final InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            if (session.ended.get()) {
                closedInUse.incrementAndGet();
            }
            if (loseSessions.get()) {
                throw new BackendException(BackendException.Code.SESSION_LOST, "the device has left");
            }
            LockSupport.parkNanos(runNanos);
            result.actual = actualShape == null ? result.shape : actualShape;
            largestBatch.accumulateAndGet(count, Math::max);
            for (int i = 0; i < count; i++) {
                final float value = in.data.getFloat(4 * i);
                if (failRuns.get() || value == poison
                        || session.offset == failingOffset && ran.getAndIncrement() % failEvery == 0) {
                    throw new BackendException(BackendException.Code.RUN_FAILED, "the run failed on " + value);
                }
                result.data.putFloat(4 * i, value + session.offset + added);
            }
        }

        @Override
        public Tensors outputs() {
            return result;
        }

        @Override
        public void release() {
            session.out.decrementAndGet();
        }
    }

    private static final class Values implements Tensors, Tensor {

        private final TensorSpec spec;
        private final Shape shape;
        private final ByteBuffer data;
        private Shape actual;

        Values(final String name, final int capacity) {
            this.spec = new TensorSpec(name, ElementType.FLOAT32, ONE_VALUE);
            this.shape = Shape.of(capacity, 1);
            this.actual = shape;
            this.data = ByteBuffer.allocateDirect(4 * capacity).order(ByteOrder.nativeOrder());
        }

        @Override
        public List<TensorSpec> specs() {
            return List.of(spec);
        }

        @Override
        public Tensor get(final String name) {
            if (!name.equals(spec.name())) {
                throw new IllegalArgumentException("there is only " + spec.name());
            }
            return this;
        }

        @Override
        public TensorSpec spec() {
            return spec;
        }

        @Override
        public Shape shape() {
            return actual;
        }

        @Override
        public ByteBuffer data() {
            return data;
        }
    }
}
