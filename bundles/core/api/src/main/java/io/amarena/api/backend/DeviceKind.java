/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.backend;

/** What a device is, from the one that is preferred to the one that every box has. */
public enum DeviceKind {
    NPU, GPU, DSP, CPU
}
