/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.backend.Backend;
import io.amarena.api.backend.Device;
import io.amarena.api.model.Model;
import io.amarena.api.model.Size;
import io.amarena.api.stage.ImageDecoder;
import io.amarena.api.stage.PostprocessorFactory;
import io.amarena.api.stage.PreprocessorFactory;
import io.amarena.engine.pipeline.Budget;
import io.amarena.engine.supply.Supply;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Everything that a deployment is made of. Two deployments with equal ingredients are the same; one that serves is
 * replaced exactly when the ingredients that are wanted differ from its own. Immutable.
 *
 * @param model         the version to serve
 * @param backend       that opens it
 * @param device        that runs it
 * @param preprocessor  factory of the input stage
 * @param postprocessor factory of the output stage
 * @param decoders      for encoded pictures, best first
 * @param size          input size; empty for models without one
 * @param scoreFloor    the lowest threshold of the pipelines; empty for the model's own
 * @param batch         most frames per run; 0 to measure
 * @param workers       threads that will run batches at the same time
 * @param budget        what it may cost at most
 */
public record Ingredients(Model model, Supply<Backend> backend, Device device,
        Supply<PreprocessorFactory> preprocessor, Supply<PostprocessorFactory> postprocessor,
        List<Supply<ImageDecoder>> decoders, Optional<Size> size, OptionalDouble scoreFloor, int batch, int workers,
        Budget budget) {

    public Ingredients {
        decoders = List.copyOf(decoders);
    }

    /** Of the model version. */
    public String digest() {
        return model.id().digest();
    }

    /** Whether a service that something of this was made from has left. */
    public boolean anyGone() {
        if (backend.gone() || preprocessor.gone() || postprocessor.gone()) {
            return true;
        }
        for (final Supply<ImageDecoder> decoder : decoders) {
            if (decoder.gone()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the same loaded session serves both. */
    boolean sameSession(final Ingredients other) {
        return model.id().equals(other.model.id()) && backend.equals(other.backend)
                && device.id().equals(other.device.id()) && workers == other.workers;
    }

    /** Backend and device, such as {@code onnxruntime/cpu}. */
    public String deviceName() {
        return backend.property(Backend.NAME) + "/" + device.id();
    }

    @Override
    public boolean equals(final Object object) {
        if (!(object instanceof Ingredients)) {
            return false;
        }
        final Ingredients other = (Ingredients) object;
        return sameSession(other) && preprocessor.equals(other.preprocessor)
                && postprocessor.equals(other.postprocessor) && decoders.equals(other.decoders)
                && size.equals(other.size) && scoreFloor.equals(other.scoreFloor) && batch == other.batch
                && budget.equals(other.budget);
    }

    @Override
    public int hashCode() {
        return Objects.hash(model.id(), backend, device.id(), preprocessor, postprocessor, size);
    }

    @Override
    public String toString() {
        return model.id() + " on " + deviceName() + size.map(chosen -> " at " + chosen).orElse("");
    }
}
