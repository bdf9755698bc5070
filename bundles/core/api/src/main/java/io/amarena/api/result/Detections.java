/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.result;

import java.util.ArrayList;
import java.util.List;

/**
 * Found objects with boxes in frame pixels, best score first. Contract {@code detection/1}.
 */
public final class Detections implements Outcome {

    /** The contract. */
    public static final String CONTRACT = "detection/1";

    private static final Detections NONE = new Detections(List.of());

    private final List<Detection> objects;

    private Detections(final List<Detection> objects) {
        this.objects = objects;
    }

    /** Sorts by falling score. */
    public static Detections of(final List<Detection> objects) {
        if (objects.isEmpty()) {
            return NONE;
        }
        final List<Detection> sorted = new ArrayList<>(objects);
        sorted.sort((one, other) -> Float.compare(other.score(), one.score()));
        return new Detections(List.copyOf(sorted));
    }

    public List<Detection> objects() {
        return objects;
    }

    /** Those with at least that score; the same object when that is all of them. */
    public Detections atLeast(final double score) {
        int kept = 0;
        while (kept < objects.size() && objects.get(kept).score() >= score) {
            kept++;
        }
        return kept == objects.size() ? this : kept == 0 ? NONE : new Detections(objects.subList(0, kept));
    }

    @Override
    public String contract() {
        return CONTRACT;
    }

    @Override
    public String toString() {
        return objects.toString();
    }
}
