/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine;

/**
 * How the engine works. Immutable.
 *
 * @param gateway       name of the gateway
 * @param workers       threads that run batches, at least 1
 * @param frameMemory   budget of all frames in bytes
 * @param maxPixels     larger pictures are refused
 * @param retryMillis   how long a frame waits for the next deployment after a failure that was not its own
 * @param graceMillis   how long a pipeline goes on with what it has when something that it needs has left
 * @param drainMillis   how long frames in flight are waited for when a pipeline or the engine stops
 */
public record EngineSettings(String gateway, int workers, long frameMemory, long maxPixels, long retryMillis,
        long graceMillis, long drainMillis) {
}
