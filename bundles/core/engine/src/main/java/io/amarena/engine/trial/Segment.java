/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.trial;

/**
 * What a deployment did in a stretch of time.
 *
 * @param frames      that it answered, failed ones included
 * @param failed      frames
 * @param cost        median of what a frame cost, nanoseconds; NaN when it is not known
 * @param confidences frames by how sure the model was; not to be changed
 */
record Segment(long frames, long failed, double cost, int[] confidences) {
}
