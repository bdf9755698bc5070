/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import java.util.List;
import java.util.Objects;

/**
 * One model version with its stages on one device, serving or on the way.
 *
 * @param model     name
 * @param version   of the model
 * @param digest    of the pack
 * @param device    backend and device
 * @param size      input size, empty for models without one
 * @param state     where it stands
 * @param reason    why it was refused; empty otherwise
 * @param pipelines that use it
 * @param batch     frames per run that were chosen
 * @param check     what the check before serving found; of a refused one, up to what it was refused for
 */
public record DeploymentView(String model, String version, String digest, String device, String size, State state,
        String reason, List<String> pipelines, int batch, CheckReport check) {

    /** Where a deployment stands. */
    public enum State {
        LOADING, WARMED, CHECKED, SERVING, DRAINING, CLOSED, REFUSED
    }

    public DeploymentView {
        Objects.requireNonNull(model, "model");
        pipelines = List.copyOf(pipelines);
        Objects.requireNonNull(check, "check");
    }
}
