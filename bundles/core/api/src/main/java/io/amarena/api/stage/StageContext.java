/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.stage;

import io.amarena.api.model.Size;
import io.amarena.api.model.StageSettings;
import io.amarena.api.tensor.TensorSpec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What a factory gets to make a stage for one deployment. Only valid during {@code create}. */
@ProviderType
public interface StageContext {

    /** The stage's part of the model descriptor. */
    StageSettings settings();

    /** The inputs that the model declares. */
    List<TensorSpec> inputs();

    /** The outputs that the model declares. */
    List<TensorSpec> outputs();

    /** The input size chosen for this deployment; empty for models without {@code sizes}. */
    Optional<Size> size();

    /**
     * The lowest score that any pipeline of the deployment wants to see. A postprocessor keeps everything from here
     * on; pipelines apply their own thresholds later. Empty: use the descriptor's.
     */
    Optional<Double> scoreFloor();

    /**
     * A file of the model pack.
     *
     * @throws IOException when the pack has no such file or it cannot be read
     */
    byte[] file(String path) throws IOException;
}
