/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import java.util.Map;

/**
 * The operators of a model, those of nested graphs and local functions included. Immutable.
 *
 * @param nodes    how many there are
 * @param depth    1 for a plain graph, 2 where an operator holds a graph of its own, and so on
 * @param byDomain domain to operator name to number of nodes, in alphabetical order; the domain of the standard
 *                 operators is {@code ai.onnx}
 */
public record OnnxOperators(long nodes, int depth, Map<String, Map<String, Long>> byDomain) {
}
