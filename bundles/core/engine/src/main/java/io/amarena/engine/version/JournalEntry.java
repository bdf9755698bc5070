/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.version;

import io.amarena.api.model.ModelId;
import java.time.Instant;
import java.util.Objects;

/**
 * One thing that happened to a model version.
 *
 * @param at     when
 * @param kind   what
 * @param lane   of the pipelines that it happened in; empty where it holds for all
 * @param model  the version that it happened to
 * @param reason why, for people; empty where there is nothing to say
 */
public record JournalEntry(Instant at, Kind kind, String lane, ModelId model, String reason) {

    /** What can happen. */
    public enum Kind {
        /** The version serves for good: the one to return to, and the first after a restart. */
        COMMITTED,
        /** The version begins to serve on trial. */
        TRIAL_BEGUN,
        /** The trial ended without a verdict: something else changed, or the gateway stopped. */
        TRIAL_ENDED,
        /** The process ended while the trial was open. */
        TRIAL_DIED,
        /** The version was taken back; it does not serve again until it is allowed. */
        ROLLED_BACK,
        /** The version may serve again. */
        ALLOWED,
        /** Its pack was uninstalled: it is no version to return to. */
        RETIRED
    }

    public JournalEntry {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(reason, "reason");
    }
}
