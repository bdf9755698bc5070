/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.result;

import java.util.List;
import java.util.Objects;

/** The classes of a whole frame with their scores, best first. Contract {@code classification/1}. */
public final class Classification implements Outcome {

    /** The contract. */
    public static final String CONTRACT = "classification/1";

    private final List<ClassScore> classes;

    private Classification(final List<ClassScore> classes) {
        this.classes = classes;
    }

    /** The classes worth reporting, best first; at least one. */
    public static Classification of(final List<ClassScore> bestFirst) {
        if (bestFirst.isEmpty()) {
            throw new IllegalArgumentException("A classification names at least one class");
        }
        return new Classification(List.copyOf(bestFirst));
    }

    public List<ClassScore> classes() {
        return classes;
    }

    public ClassScore best() {
        return classes.get(0);
    }

    @Override
    public String contract() {
        return CONTRACT;
    }

    @Override
    public String toString() {
        return classes.toString();
    }

    /**
     * One class with its score.
     *
     * @param classIndex from 0, in the order of the model's labels
     * @param label      name of the class
     * @param score      confidence, 0 to 1
     */
    public record ClassScore(int classIndex, String label, float score) {

        public ClassScore {
            Objects.requireNonNull(label, "label");
        }
    }
}
