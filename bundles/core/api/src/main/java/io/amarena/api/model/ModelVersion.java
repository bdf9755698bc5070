/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.model;

import java.util.Objects;
import java.util.Optional;

/**
 * One version of a model that a pack brought into the gateway, and whether it may be deployed.
 *
 * @param name     of the model; the bundle's symbolic name where the descriptor cannot be read
 * @param version  as declared; the bundle's version where the descriptor cannot be read
 * @param digest   SHA-256 of the content, empty where it could not be read
 * @param state    staged or rejected
 * @param reason   why it was rejected; empty when staged
 * @param bundleId the bundle that brought it
 * @param model    present when staged
 */
public record ModelVersion(String name, String version, String digest, State state, String reason, long bundleId,
        Optional<Model> model) {

    /** What may be done with a version. */
    public enum State {
        /** Read, valid, ready to be deployed. */
        STAGED,
        /** Something in the pack is wrong; it is never deployed. */
        REJECTED
    }

    public ModelVersion {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(model, "model");
    }
}
