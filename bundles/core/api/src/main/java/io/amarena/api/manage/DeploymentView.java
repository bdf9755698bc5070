/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One model version with its stages on one device, serving or on the way.
 *
 * @param model     name
 * @param version   of the model
 * @param digest    of the pack
 * @param device    backend and device
 * @param size      input size, empty for models without one
 * @param state     where it stands
 * @param reason    why it was refused or rolled back; empty otherwise
 * @param pipelines that use it
 * @param batch     frames per run that were chosen
 * @param check     what the check before serving found; of a refused one, up to what it was refused for
 * @param trial     how its trial stands; empty in other states
 */
public record DeploymentView(String model, String version, String digest, String device, String size, State state,
        String reason, List<String> pipelines, int batch, CheckReport check, Optional<TrialView> trial) {

    /** Where a deployment stands. */
    public enum State {
        /** Its model is being loaded. */
        LOADING,
        /** It has run. */
        WARMED,
        /** It does what the pack says, and is about to serve. */
        CHECKED,
        /** It serves, and the version before it stays warm. */
        TRIAL,
        /** It serves for good. */
        SERVING,
        /** It cannot be built, or did not pass its check. */
        REFUSED,
        /** It served on trial and did worse than the version before, or an administrator took it back. */
        ROLLED_BACK
    }

    public DeploymentView {
        Objects.requireNonNull(model, "model");
        pipelines = List.copyOf(pipelines);
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(trial, "trial");
    }
}
