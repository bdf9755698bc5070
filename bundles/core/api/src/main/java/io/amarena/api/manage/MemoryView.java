/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

/**
 * Pooled memory of frames, in bytes.
 *
 * @param budget that may be used
 * @param used   by frames at the moment
 * @param pooled allocated and waiting for frames
 */
public record MemoryView(long budget, long used, long pooled) {
}
