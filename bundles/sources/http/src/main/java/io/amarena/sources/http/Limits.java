/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.sources.http;

/**
 * What an entrance bears.
 *
 * @param maxBytes      of one picture
 * @param maxConcurrent pictures that wait for their results
 * @param timeoutMillis until a result is given up
 */
record Limits(int maxBytes, int maxConcurrent, int timeoutMillis) {
}
