/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.result;

/**
 * How unusual a frame is. Contract {@code anomaly/1}.
 *
 * @param score     0 for usual, larger for less usual
 * @param threshold the score from which the model's author calls it an anomaly
 */
public record Anomaly(double score, double threshold) implements Outcome {

    /** The contract. */
    public static final String CONTRACT = "anomaly/1";

    public boolean anomalous() {
        return score >= threshold;
    }

    @Override
    public String contract() {
        return CONTRACT;
    }
}
