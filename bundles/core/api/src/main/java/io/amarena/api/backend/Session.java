/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.backend;

import io.amarena.api.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One model, loaded on one device.
 *
 * <p>Work is done in {@linkplain Slot slots}. All methods may be called from any thread, except that
 * {@link #close()} must not be called while a slot is out: the engine counts leases to make sure of it.
 */
public interface Session extends AutoCloseable {

    /** The declared inputs in the order of the graph, with their free dimensions. */
    List<TensorSpec> inputs();

    /** The declared outputs in the order of the graph, with their free dimensions. */
    List<TensorSpec> outputs();

    /** How many slots are worth running at the same time; more only wait for each other. */
    int concurrency();

    /**
     * A slot with room for a batch of that layout; one that was released before is used again.
     *
     * @throws BackendException when the layout does not fit the model's inputs or there is no memory for it
     */
    Slot acquire(BatchLayout layout) throws BackendException;

    /** What the runtime tells about itself and this session, for people: version, options, threads. */
    default Map<String, String> facts() {
        return Map.of();
    }

    /**
     * Which kernels a quantized model got. Empty for float models, and where the runtime does not tell: then the
     * check before serving says nothing about it.
     */
    default Optional<KernelCoverage> kernels() {
        return Optional.empty();
    }

    /**
     * Bytes that the session takes now, weights and slots included, where the backend knows it: memory of an
     * accelerator or of a worker process. Empty for sessions in this process, whose growth the engine measures
     * itself.
     */
    default OptionalLong memoryBytes() {
        return OptionalLong.empty();
    }

    /** Frees the model and all memory of its slots. Idempotent. */
    @Override
    void close();
}
