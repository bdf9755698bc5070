/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BackendException.Code;
import io.amarena.api.backend.BatchLayout;
import io.amarena.api.backend.KernelCoverage;
import io.amarena.api.backend.Session;
import io.amarena.api.backend.Slot;
import io.amarena.api.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model on the processor: one session of ONNX Runtime, which all slots share.
 *
 * <p>{@code OrtSession.close()} during a run ends the process. So {@link #close()} with slots out is put off until the
 * last one is back, and logged as the mistake that it is.
 */
final class OnnxSession implements Session {

    private static final Logger LOG = LoggerFactory.getLogger(OnnxSession.class);

    /** Idle slots that are kept for each caller: enough to change between two input sizes, not to fill the memory. */
    private static final int IDLE_PER_CALLER = 2;

    private final OpenModel model;
    private final SessionPlan plan;
    private final Optional<KernelCoverage> kernels;
    private final SlotShelf shelf;
    private final Object lock = new Object();
    private int out;
    private boolean closed;
    private volatile boolean freed;

    OnnxSession(final OpenModel model, final SessionPlan plan, final Optional<KernelCoverage> kernels) {
        this.model = model;
        this.plan = plan;
        this.kernels = kernels;
        this.shelf = new SlotShelf(plan.callers() * IDLE_PER_CALLER);
    }

    @Override
    public List<TensorSpec> inputs() {
        return model.signature().inputs();
    }

    @Override
    public List<TensorSpec> outputs() {
        return model.signature().outputs();
    }

    @Override
    public Optional<KernelCoverage> kernels() {
        return kernels;
    }

    @Override
    public int concurrency() {
        return plan.callers();
    }

    @Override
    public Slot acquire(final BatchLayout layout) throws BackendException {
        OnnxSlot slot;
        synchronized (lock) {
            if (closed) {
                throw new BackendException(Code.SESSION_LOST, "The session of model " + model.id() + " is closed");
            }
            out++;
            slot = shelf.take(layout);
        }
        if (slot == null) {
            slot = make(layout);
        }
        slot.leave();
        return slot;
    }

    private OnnxSlot make(final BatchLayout layout) throws BackendException {
        OnnxSlot made = null;
        try {
            made = makeRoomFor(planFor(layout));
            return made;
        } finally {
            if (made == null) {
                oneLessOut();
            }
        }
    }

    private OnnxSlot makeRoomFor(final BatchPlan batch) throws BackendException {
        try {
            return new OnnxSlot(model, batch, this::putBack);
        } catch (final BackendException refused) {
            final List<OnnxSlot> idle;
            synchronized (lock) {
                idle = shelf.clear();
            }
            if (idle.isEmpty()) {
                throw refused;
            }
            idle.forEach(OnnxSlot::close);
        }
        return new OnnxSlot(model, batch, this::putBack);
    }

    private BatchPlan planFor(final BatchLayout layout) throws BackendException {
        synchronized (lock) {
            final BatchPlan known = shelf.plan(layout);
            if (known != null) {
                return known;
            }
        }
        final BatchPlan made = BatchPlan.of(model.id(), model.signature().inputs(), layout);
        synchronized (lock) {
            return shelf.keep(made);
        }
    }

    private void putBack(final OnnxSlot slot) {
        final OnnxSlot superfluous;
        synchronized (lock) {
            superfluous = closed ? slot : shelf.put(slot);
        }
        if (superfluous != null) {
            superfluous.close();
        }
        oneLessOut();
    }

    private void oneLessOut() {
        final boolean last;
        synchronized (lock) {
            out--;
            last = closed && out == 0;
        }
        if (last) {
            free();
        }
    }

    @Override
    public Map<String, String> facts() {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("ONNX Runtime", model.environment().getVersion());
        facts.put("providers", OrtEnvironment.getAvailableProviders().stream().map(OrtProvider::getName)
                .collect(Collectors.joining(", ")));
        facts.putAll(plan.facts());
        final Set<String> copied = model.pinning().excluded();
        facts.put("copied outputs", copied.isEmpty() ? "none" : String.join(", ", copied));
        return facts;
    }

    @Override
    public void close() {
        final int stillOut;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            stillOut = out;
        }
        if (stillOut == 0) {
            free();
        } else {
            LOG.error("The session of model {} was closed while {} of its slots are out; it ends when they are back",
                    model.id(), stillOut);
        }
    }

    /** Called once, when nothing runs and nothing can be acquired any more. */
    private void free() {
        shelf.clear().forEach(OnnxSlot::close);
        try {
            model.close();
        } catch (final OrtException failure) {
            LOG.warn("ONNX Runtime could not close the session of model {}", model.id(), failure);
        }
        freed = true;
    }

    boolean isFreed() {
        return freed;
    }
}
