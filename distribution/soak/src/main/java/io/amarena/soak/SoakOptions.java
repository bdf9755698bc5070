/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How long and how hard.
 *
 * @param home    of the distribution whose gateway is tried
 * @param data    data folder of that gateway; new
 * @param changes that are made
 * @param seed    chooses the sequence: the same seed makes the same changes as long as the gateway behaves the same
 * @param quiet   after each change, before the next one
 * @param settle  longest time until a change must have taken effect
 */
public record SoakOptions(Path home, Path data, int changes, long seed, Duration quiet, Duration settle) {
}
