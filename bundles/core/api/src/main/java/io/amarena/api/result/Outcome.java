/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.result;

/**
 * What a model says about one frame: {@link Detections}, {@link Classification}, {@link Segmentation},
 * {@link Anomaly}, {@link Measurement}, {@link Text} or open {@link Values}.
 *
 * <p>Outcomes are immutable and thread-safe. The type is open: who meets one that it does not know treats it as
 * something to pass on, not as an error.
 */
public interface Outcome {

    /** The contract that the outcome follows, such as {@code detection/1}. */
    String contract();
}
