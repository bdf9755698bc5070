/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

/**
 * What a deployment may cost at most to serve a pipeline.
 *
 * @param latencyMs milliseconds of one run of the model; 0 for no limit
 * @param memoryMb  MiB that it takes; 0 for no limit
 */
public record Budget(int latencyMs, int memoryMb) {
}
