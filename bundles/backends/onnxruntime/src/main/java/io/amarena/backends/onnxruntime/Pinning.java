/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import io.amarena.api.tensor.TensorSpec;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which outputs of a model must not be pinned. Thread-safe; the set only grows.
 *
 * <p><strong>Pinned</strong> outputs are written by ONNX Runtime straight into the memory of a slot. This saves a
 * copy through the Java heap and most of the cost of a call, but needs the exact shape beforehand. No declaration
 * tells it reliably: a free dimension may follow from an input, from a computation on an input's size, or from the
 * values ("how many boxes are left"), and declarations may be wrong. So nothing is concluded from declarations:
 *
 * <ol>
 * <li>The first run of a layout with a number of frames is done unpinned and shows the shapes.
 * <li>From then on outputs are pinned with those shapes. Where the shape of a run turns out different, ONNX Runtime
 * refuses the run instead of writing (measured with 1.28.0 for NonZero, Compress, Unique, Range, If and Loop). The run
 * is repeated unpinned, and the outputs that differ are excluded for good.
 * <li>An output can also stay unwritten: one that is at the same time an input of the graph is passed on inside ONNX
 * Runtime, and the pinned memory keeps what it had. So memory is filled with a pattern before its first use; what
 * still holds the pattern after the run is excluded for good, and the run is repeated.
 * </ol>
 *
 * Every fault of this reasoning costs time, never a wrong answer.
 */
final class Pinning {

    private static final Logger LOG = LoggerFactory.getLogger(Pinning.class);

    private final String model;
    private volatile Set<String> excluded;

    /** Starts with the outputs that no tensor can be made for. */
    Pinning(final String model, final List<TensorSpec> outputs) {
        this.model = model;
        final Set<String> impossible = new TreeSet<>();
        for (final TensorSpec output : outputs) {
            if (ElementTypes.overBuffer(output.type()).isEmpty()) {
                impossible.add(output.name());
            }
        }
        excluded = Collections.unmodifiableSet(impossible);
    }

    /** Names of the outputs that are copied; the same object until the next exclusion. */
    Set<String> excluded() {
        return excluded;
    }

    synchronized void exclude(final Set<String> outputs, final String reason) {
        final Set<String> grown = new TreeSet<>(excluded);
        if (grown.addAll(outputs)) {
            excluded = Collections.unmodifiableSet(grown);
            LOG.info("Model {}: the outputs {} are copied from now on, because {}", model, outputs, reason);
        }
    }
}
