/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.model;

import io.amarena.api.result.Outcome;
import java.util.Objects;

/**
 * A frame whose right answer is known.
 *
 * @param file     path of the frame within the pack, such as {@code golden/scratch.png}
 * @param expected the answer that the model must reproduce
 * @param minIou   how well boxes must overlap to be the same, 0 to 1
 * @param maxScoreDifference how far scores may differ
 */
public record GoldenSample(String file, Outcome expected, double minIou, double maxScoreDifference) {

    /** Default of {@code minIou}. */
    public static final double MIN_IOU = 0.9;

    /** Default of {@code maxScoreDifference}. */
    public static final double MAX_SCORE_DIFFERENCE = 0.05;

    public GoldenSample {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(expected, "expected");
    }
}
