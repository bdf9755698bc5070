/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.stages.detection;

import io.amarena.api.model.InvalidModelException;
import io.amarena.api.model.StageSettings;
import io.amarena.api.result.Outcome;
import io.amarena.api.stage.Geometry;
import io.amarena.api.stage.Postprocessor;
import io.amarena.api.stage.StageContext;
import io.amarena.api.stage.StageException;
import io.amarena.api.tensor.Tensors;
import io.amarena.lib.stage.Labels;
import io.amarena.lib.stage.Pool;
import java.util.Optional;

/**
 * What all detection stages have in common: labels, score floor, suppression of overlapping boxes. Thread-safe.
 */
abstract class Detector implements Postprocessor {

    private final Labels labels;
    private final double floor;
    private final Pool<NonMaximumSuppression> suppressions;

    Detector(final StageContext context) throws InvalidModelException {
        final StageSettings settings = context.settings();
        this.labels = Labels.read(context);
        final double own = settings.number("score", 0.5, 0, 1);
        this.floor = context.scoreFloor().orElse(own);
        final double iou = settings.number("iou", 0.45, 0, 1);
        final int most = (int) settings.number("max", 100, 1, 10_000);
        this.suppressions = new Pool<>(() -> new NonMaximumSuppression(iou, most));
    }

    final Labels labels() {
        return labels;
    }

    /** Boxes with a lower score are of no interest to any pipeline. */
    final double floor() {
        return floor;
    }

    @Override
    public final Outcome read(final Tensors outputs, final int index, final Geometry geometry) throws StageException {
        final NonMaximumSuppression suppression = suppressions.borrow();
        try {
            suppression.begin();
            collect(outputs, index, geometry, suppression);
            return suppression.keep(labels);
        } finally {
            suppressions.giveBack(suppression);
        }
    }

    /** Adds every box of the frame whose score reaches the floor. */
    abstract void collect(Tensors outputs, int index, Geometry geometry, NonMaximumSuppression into)
            throws StageException;

    /** Refuses an actual number of classes that is not that of the labels. */
    final void requireClasses(final long classes, final String output) throws StageException {
        final Optional<String> mismatch = labels.mismatch(classes, output);
        if (mismatch.isPresent()) {
            throw new StageException(mismatch.get());
        }
    }

    static double sigmoid(final double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /** The logit whose sigmoid is that score. */
    static double logit(final double score) {
        return score <= 0 ? Double.NEGATIVE_INFINITY : score >= 1 ? Double.POSITIVE_INFINITY
                : Math.log(score / (1 - score));
    }

    @Override
    public final void close() {
        suppressions.clear();
    }
}
