/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import java.time.Instant;
import java.util.Objects;

/**
 * One thing that happened to a model version.
 *
 * @param at      when
 * @param event   {@code COMMITTED}, {@code TRIAL_BEGUN}, {@code TRIAL_ENDED}, {@code TRIAL_DIED}, {@code ROLLED_BACK},
 *                {@code ALLOWED} or {@code RETIRED}
 * @param model   name
 * @param version of the model
 * @param digest  of the pack
 * @param lane    pipelines that share a deployment, by what they have in common; empty where it holds for all
 * @param reason  why; may be empty
 */
public record HistoryView(Instant at, String event, String model, String version, String digest, String lane,
        String reason) {

    public HistoryView {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(reason, "reason");
    }
}
