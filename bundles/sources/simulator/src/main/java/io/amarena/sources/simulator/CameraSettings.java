/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.simulator;

/**
 * A simulated camera.
 *
 * @param name            of the source
 * @param framesPerSecond 0 for as many as are taken
 * @param scene           what it sees
 * @param jpeg            whether frames are JPEG or raw RGB
 * @param quality         of the JPEG, 0 to 1
 * @param limit           frames until the camera ends; 0 for none
 * @param live            whether a frame that is refused has passed, or is offered again
 */
record CameraSettings(String name, double framesPerSecond, SceneSettings scene, boolean jpeg, double quality, long limit,
        boolean live) {
}
