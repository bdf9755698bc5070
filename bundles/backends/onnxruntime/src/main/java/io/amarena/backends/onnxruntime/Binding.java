/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BackendException.Code;
import io.amarena.api.tensor.Shape;
import io.amarena.api.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * ONNX Runtime's tensors over the memory of one slot, for one number of frames. They are made once, so that a run
 * allocates nothing but what ONNX Runtime's own call does. Not thread-safe; the slot closes it.
 */
final class Binding {

    /** What memory holds before its first use; no output is likely to consist of it. */
    private static final byte UNWRITTEN = (byte) 0xA5;

    private final OpenModel model;
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    private final Set<String> all = new LinkedHashSet<>();
    private final Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
    private final Set<String> copied = new LinkedHashSet<>();
    private final List<Place> pinnedPlaces = new ArrayList<>();
    private final List<Integer> copiedOutputs = new ArrayList<>();
    private Set<String> excluded;
    private boolean proven;

    /** Where a pinned output lies. */
    private record Place(int output, String name, Shape shape, ByteBuffer data) {
    }

    Binding(final OpenModel model) {
        this.model = model;
        model.signature().outputs().forEach(output -> all.add(output.name()));
    }

    /** Adds an input over the first bytes of a slot's memory. */
    void input(final TensorSpec spec, final Shape shape, final ByteBuffer memory) throws OrtException {
        inputs.put(spec.name(), tensor(spec, shape,
                DirectMemory.part(memory, (int) BatchPlan.bytes(spec, shape))));
    }

    private OnnxTensor tensor(final TensorSpec spec, final Shape shape, final ByteBuffer data) throws OrtException {
        return OnnxTensor.createTensor(model.environment(), data, shape.toArray(),
                ElementTypes.overBuffer(spec.type()).orElseThrow());
    }

    /** Whether outputs were pinned with the knowledge of now. */
    boolean isCurrent() {
        return excluded == model.pinning().excluded();
    }

    boolean pinsAnything() {
        return !pinned.isEmpty();
    }

    /** Runs with nothing pinned, to see the shapes of the outputs. Their values are dropped. */
    List<Shape> observe() throws OrtException {
        try (OrtSession.Result result = model.session().run(inputs, all, model.quiet())) {
            final List<Shape> shapes = new ArrayList<>();
            for (int i = 0; i < result.size(); i++) {
                shapes.add(Shape.of(((OnnxTensor) result.get(i)).getInfo().getShape()));
            }
            return shapes;
        }
    }

    /**
     * Pins all outputs that are neither excluded nor empty; the rest is copied after each run. Nothing is pinned
     * before.
     */
    void pin(final List<Shape> shapes, final List<OutputRoom> rooms, final int count, final int capacity)
            throws OrtException, BackendException {
        final Set<String> known = model.pinning().excluded();
        final List<TensorSpec> outputs = model.signature().outputs();
        for (int i = 0; i < outputs.size(); i++) {
            final TensorSpec spec = outputs.get(i);
            final long bytes = BatchPlan.bytes(spec, shapes.get(i));
            if (known.contains(spec.name()) || bytes == 0) {
                copied.add(spec.name());
                copiedOutputs.add(i);
            } else {
                final long foreseen = bytes / count * capacity;
                final ByteBuffer data = rooms.get(i).of(bytes, foreseen);
                pinned.put(spec.name(), tensor(spec, shapes.get(i), data));
                pinnedPlaces.add(new Place(i, spec.name(), shapes.get(i), data));
            }
        }
        excluded = known;
        proven = false;
    }

    void unpin() {
        pinned.values().forEach(OnnxTensor::close);
        pinned.clear();
        pinnedPlaces.clear();
        copied.clear();
        copiedOutputs.clear();
        excluded = null;
    }

    /** The pinned outputs whose shapes are not the observed ones. */
    Set<String> misfits(final List<Shape> observed) {
        final Set<String> names = new TreeSet<>();
        for (final Place place : pinnedPlaces) {
            if (!observed.get(place.output()).equals(place.shape())) {
                names.add(place.name());
            }
        }
        return names;
    }

    Set<String> pinnedNames() {
        return new TreeSet<>(pinned.keySet());
    }

    /**
     * Runs, and says where the outputs lie.
     *
     * @return pinned outputs that the run did not write, after which nothing of the run is to be used; empty when all
     *         is well
     */
    Set<String> run(final SlotTensors outputs, final List<OutputRoom> rooms) throws OrtException, BackendException {
        if (!proven) {
            fillWithPattern();
        }
        try (OrtSession.Result result = model.session().run(inputs, copied, pinned, model.quiet())) {
            if (!proven) {
                final Set<String> unwritten = unwritten();
                if (!unwritten.isEmpty()) {
                    return unwritten;
                }
                proven = true;
            }
            for (int i = 0; i < pinnedPlaces.size(); i++) {
                final Place place = pinnedPlaces.get(i);
                outputs.at(place.output()).lies(place.shape(), place.data());
            }
            for (int i = 0; i < copiedOutputs.size(); i++) {
                final int output = copiedOutputs.get(i);
                copy(result.get(pinnedPlaces.size() + i), outputs.at(output), rooms.get(output));
            }
        }
        return Set.of();
    }

    private void copy(final OnnxValue value, final SlotTensor output, final OutputRoom room)
            throws BackendException {
        final OnnxTensor tensor = (OnnxTensor) value;
        final Shape shape = Shape.of(tensor.getInfo().getShape());
        final long bytes = BatchPlan.bytes(output.spec(), shape);
        if (bytes > model.heapLimit()) {
            throw new BackendException(Code.OUT_OF_MEMORY, "Output \"" + output.spec().name() + "\" of model "
                    + model.id() + " came as " + shape + ", " + bytes + " bytes; an output whose size depends on the "
                    + "values may take a quarter of the Java heap, " + model.heapLimit() + " bytes. Raise -Xmx, or "
                    + "let the model select less");
        }
        final ByteBuffer data = room.of(bytes, bytes + bytes / 2);
        if (bytes > 0) {
            final ByteBuffer copy = tensor.getByteBuffer();
            if (copy.capacity() != bytes) {
                throw new BackendException(Code.RUN_FAILED, "Output \"" + output.spec().name() + "\" of model "
                        + model.id() + " came as " + shape + " with " + copy.capacity() + " bytes instead of "
                        + bytes + "; its declared type " + output.spec().type() + " is wrong");
            }
            data.put(0, copy, 0, (int) bytes);
        }
        output.lies(shape, data);
    }

    private void fillWithPattern() {
        for (final Place place : pinnedPlaces) {
            for (int i = 0; i < place.data().capacity(); i++) {
                place.data().put(i, UNWRITTEN);
            }
        }
    }

    private Set<String> unwritten() {
        final Set<String> names = new TreeSet<>();
        for (final Place place : pinnedPlaces) {
            int i = 0;
            while (i < place.data().capacity() && place.data().get(i) == UNWRITTEN) {
                i++;
            }
            if (i == place.data().capacity()) {
                names.add(place.name());
            }
        }
        return names;
    }

    void close() {
        unpin();
        inputs.values().forEach(OnnxTensor::close);
        inputs.clear();
    }
}
