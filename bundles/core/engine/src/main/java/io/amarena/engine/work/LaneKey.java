/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.work;

import io.amarena.api.model.Size;
import io.amarena.engine.pipeline.Budget;
import io.amarena.engine.pipeline.PipelineSettings;
import java.util.Optional;

/**
 * What pipelines must have in common to share one deployment, so that one batch can hold frames of all of them.
 * Thresholds, publishers and overload policy may differ.
 *
 * @param model        name
 * @param versions     range as text; empty for all
 * @param device       id; empty for the best
 * @param size         input size; empty for the model's first
 * @param batch        most frames per run; 0 to measure
 * @param batchDelayMs how long a batch may wait to fill
 * @param budget       what a deployment may cost at most
 */
public record LaneKey(String model, String versions, Optional<String> device, Optional<Size> size, int batch,
        int batchDelayMs, Budget budget) {

    /** The same text for the same key, over restarts too. */
    public String text() {
        return model + (versions.isEmpty() ? "" : " " + versions) + device.map(id -> " on " + id).orElse("")
                + size.map(chosen -> " at " + chosen).orElse("") + (batch == 0 ? "" : " batch " + batch)
                + (batchDelayMs == 0 ? "" : " delay " + batchDelayMs)
                + (budget.equals(new Budget(0, 0)) ? "" : " within " + budget);
    }

    public static LaneKey of(final PipelineSettings settings) {
        return new LaneKey(settings.model(), settings.versions().map(Object::toString).orElse(""), settings.device(),
                settings.size(), settings.batch(), settings.batchDelayMs(), settings.budget());
    }
}
