/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.workbench;

import io.amarena.api.result.Detection;
import io.amarena.api.result.Result;
import io.amarena.lib.draw.Truth;
import java.util.List;
import java.util.Optional;

/** Reads the ground truth that a simulator gives its frames along. */
final class Truths {

    private Truths() {
    }

    /** Empty when the frame has none. */
    static Optional<Truth> of(final Result result) {
        final String label = result.attributes().get("truth.label");
        if (label == null) {
            return Optional.empty();
        }
        final String box = result.attributes().get("truth.box");
        if (box == null || !box.matches("\\d{1,6},\\d{1,6},\\d{1,6},\\d{1,6}")) {
            return Optional.of(new Truth(label, List.of()));
        }
        final String[] numbers = box.split(",");
        return Optional.of(new Truth(label, List.of(Detection.of(-1, label, 1, Integer.parseInt(numbers[0]),
                Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]), Integer.parseInt(numbers[3])))));
    }
}
