/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import io.amarena.api.model.ModelId;
import io.amarena.api.result.Failure;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Timings;

/**
 * What a worker found out about one frame: an outcome or a failure.
 *
 * @param model       that was asked, or null
 * @param device      that ran it, or empty
 * @param frameWidth  in pixels, or 0
 * @param frameHeight in pixels, or 0
 * @param timings     as far as the frame came
 * @param threshold   the model's own, for pipelines that set none
 * @param outcome     at the floor of the deployment, before any threshold; or null
 * @param failure     or null
 */
public record Verdict(ModelId model, String device, int frameWidth, int frameHeight, Timings timings,
        double threshold, Outcome outcome, Failure failure) {

    /** A frame that never reached a model. */
    public static Verdict failed(final Failure failure) {
        return new Verdict(null, "", 0, 0, Timings.NONE, 0, null, failure);
    }
}
