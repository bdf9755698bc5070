/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the demo shows.
 *
 * @param cameras         pipelines, at least 1
 * @param framesPerSecond of each
 * @param mqttPort        of the embedded broker, on 127.0.0.1
 * @param images          the user's own pictures instead of the simulated conveyor
 */
record DemoOptions(int cameras, double framesPerSecond, int mqttPort, Optional<Path> images) {
}
