/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import io.amarena.api.result.Detection;
import java.util.List;
import java.util.Objects;

/**
 * What is really in a picture, where that is known.
 *
 * @param label what a person would say, such as {@code good} or {@code scratch}
 * @param boxes where it is, in frame pixels; their scores are not shown
 */
public record Truth(String label, List<Detection> boxes) {

    public Truth {
        Objects.requireNonNull(label, "label");
        boxes = List.copyOf(boxes);
    }
}
