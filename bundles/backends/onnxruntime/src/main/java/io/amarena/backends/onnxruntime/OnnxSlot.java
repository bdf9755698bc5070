/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import ai.onnxruntime.OrtException;
import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.Slot;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.TensorSpec;
import io.amarena.api.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Room for one batch in direct memory of this process, with ONNX Runtime's tensors over it for each number of frames
 * that ever ran. {@link Pinning} says how outputs come into it.
 *
 * <p>One thread at a time uses it; its session sees to it that a slot is out only once. Touching it after its release
 * is an {@link IllegalStateException} as long as nobody else has it.
 */
final class OnnxSlot implements Slot {

    private final OpenModel model;
    private final BatchPlan plan;
    private final Consumer<OnnxSlot> home;
    private final SlotTensors inputs;
    private final SlotTensors outputs;
    private final List<OutputRoom> rooms = new ArrayList<>();
    private final Binding[] bindings;
    private boolean out;
    private boolean ran;

    /**
     * Takes memory for the inputs.
     *
     * @param home gets the slot when it is released
     */
    OnnxSlot(final OpenModel model, final BatchPlan plan, final Consumer<OnnxSlot> home) throws BackendException {
        this.model = model;
        this.plan = plan;
        this.home = home;
        final List<TensorSpec> specs = model.signature().inputs();
        inputs = new SlotTensors(specs);
        outputs = new SlotTensors(model.signature().outputs());
        bindings = new Binding[plan.capacity() + 1];
        for (int i = 0; i < specs.size(); i++) {
            final Shape shape = plan.inputShape(i);
            inputs.at(i).lies(shape, DirectMemory.take(BatchPlan.bytes(specs.get(i), shape),
                    "Input \"" + specs.get(i).name() + "\" of model " + model.id() + " as " + shape));
        }
        for (final TensorSpec output : model.signature().outputs()) {
            rooms.add(new OutputRoom("Output \"" + output.name() + "\" of model " + model.id()));
        }
    }

    BatchPlan plan() {
        return plan;
    }

    /** Called by the session when somebody gets the slot. */
    void leave() {
        out = true;
        ran = false;
    }

    @Override
    public Tensors inputs() {
        requireOut();
        return inputs;
    }

    @Override
    public void run(final int count) throws BackendException {
        requireOut();
        if (count < 1 || count > plan.capacity()) {
            throw new IllegalArgumentException("A batch of " + plan.capacity() + " frames cannot run with " + count);
        }
        ran = false;
        try {
            final Binding binding = bindings[count] != null ? bindings[count] : bind(count);
            boolean done = false;
            while (!done) {
                done = attempt(binding, count);
            }
        } catch (final OrtException failure) {
            throw Failures.whenRunning(model.id(), failure);
        }
        ran = true;
    }

    private Binding bind(final int count) throws OrtException {
        final Binding binding = new Binding(model);
        try {
            for (int i = 0; i < inputs.specs().size(); i++) {
                binding.input(inputs.specs().get(i), plan.inputShape(i, count), inputs.at(i).data());
            }
        } catch (final OrtException | RuntimeException failure) {
            binding.close();
            throw failure;
        }
        bindings[count] = binding;
        return binding;
    }

    /** Runs once; false when an output was excluded from pinning instead. Each time, fewer are left to exclude. */
    private boolean attempt(final Binding binding, final int count) throws OrtException, BackendException {
        if (!binding.isCurrent()) {
            pin(binding, count);
        }
        try {
            final Set<String> unwritten = binding.run(outputs, rooms);
            if (!unwritten.isEmpty()) {
                model.pinning().exclude(unwritten, "ONNX Runtime passes them on without writing them");
            }
            return unwritten.isEmpty();
        } catch (final OrtException failure) {
            if (!binding.pinsAnything() || Failures.isOutOfMemory(failure)) {
                throw failure;
            }
            excludeMisfits(binding, count);
            return false;
        }
    }

    private void pin(final Binding binding, final int count) throws OrtException, BackendException {
        binding.unpin();
        if (plan.outputShapes(count) == null) {
            plan.seenOutputShapes(count, binding.observe());
        }
        try {
            binding.pin(plan.outputShapes(count), rooms, count, plan.capacity());
        } catch (final OrtException | BackendException | RuntimeException failure) {
            binding.unpin();
            throw failure;
        }
    }

    /** A run that fails unpinned as well has failed for a reason of its own, and nothing is excluded. */
    private void excludeMisfits(final Binding binding, final int count) throws OrtException {
        final List<Shape> observed = binding.observe();
        final Set<String> misfits = binding.misfits(observed);
        plan.seenOutputShapes(count, observed);
        if (misfits.isEmpty()) {
            model.pinning().exclude(binding.pinnedNames(), "ONNX Runtime does not take memory for them");
        } else {
            model.pinning().exclude(misfits, "their size depends on the values");
        }
    }

    @Override
    public Tensors outputs() {
        requireOut();
        if (!ran) {
            throw new IllegalStateException("There are no outputs: nothing has run since the slot was acquired, or the "
                    + "last run failed");
        }
        return outputs;
    }

    @Override
    public void release() {
        requireOut();
        out = false;
        home.accept(this);
    }

    private void requireOut() {
        if (!out) {
            throw new IllegalStateException("A slot of model " + model.id() + " was used after its release");
        }
    }

    /** Frees ONNX Runtime's tensors; the memory follows when nobody refers to it. */
    void close() {
        for (final Binding binding : bindings) {
            if (binding != null) {
                binding.close();
            }
        }
    }
}
