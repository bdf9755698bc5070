/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

/**
 * Latency of the latest results (a window of about a thousand), in milliseconds; 0 where there are none.
 */
public record LatencyView(double p50, double p99, double max) {

    /** No results yet. */
    public static final LatencyView NONE = new LatencyView(0, 0, 0);
}
