/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.backend.Session;
import io.amarena.api.model.Model;
import io.amarena.api.model.Size;
import io.amarena.api.model.StageSettings;
import io.amarena.api.stage.StageContext;
import io.amarena.api.tensor.TensorSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a stage's factory sees of the deployment that is being built. */
final class BuildContext implements StageContext {

    private final StageSettings settings;
    private final Model model;
    private final Session session;
    private final Optional<Size> size;
    private final OptionalDouble floor;

    BuildContext(final StageSettings settings, final Model model, final Session session, final Optional<Size> size,
            final OptionalDouble floor) {
        this.settings = settings;
        this.model = model;
        this.session = session;
        this.size = size;
        this.floor = floor;
    }

    @Override
    public StageSettings settings() {
        return settings;
    }

    @Override
    public List<TensorSpec> inputs() {
        return session.inputs();
    }

    @Override
    public List<TensorSpec> outputs() {
        return session.outputs();
    }

    @Override
    public Optional<Size> size() {
        return size;
    }

    @Override
    public Optional<Double> scoreFloor() {
        return floor.isPresent() ? Optional.of(floor.getAsDouble()) : Optional.empty();
    }

    @Override
    public byte[] file(final String path) throws IOException {
        return model.file(path);
    }
}
