/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of local functions when a runtime puts their bodies where they are called: a few functions that call
 * each other twice can grow without end. Made for one question; not thread-safe.
 */
final class FunctionExpansion {

    /** Calls within calls; those of real exports stay below ten. */
    static final int MAX_DEPTH = 32;

    private static final Expanded ENDLESS = new Expanded(MAX_DEPTH + 1, Long.MAX_VALUE);

    private final Map<String, Map<String, Long>> calls = new HashMap<>();
    private final Map<String, Expanded> known = new HashMap<>();

    /**
     * What one function becomes.
     *
     * @param depth calls within calls; 0 for a function that calls none, above {@link #MAX_DEPTH} for endless calls
     * @param nodes after expansion
     */
    record Expanded(int depth, long nodes) {
    }

    FunctionExpansion(final List<OnnxFunction> functions) {
        for (final OnnxFunction function : functions) {
            final Map<String, Long> body = calls.computeIfAbsent(function.key(), fresh -> new HashMap<>());
            function.calls().forEach((operator, count) -> body.merge(operator, count, Sizes::plus));
        }
    }

    boolean defines(final String domain, final String name) {
        return calls.containsKey(OnnxFunction.key(domain, name));
    }

    /** The deepest nesting of calls. */
    int depth() {
        int depth = 0;
        for (final String key : calls.keySet()) {
            depth = Math.max(depth, expand(key, 0).depth());
        }
        return depth;
    }

    /** Nodes after the expansion of one operator: 1 for what is no local function. */
    long nodes(final String domain, final String name) {
        return nodes(OnnxFunction.key(domain, name), 0).nodes();
    }

    private Expanded nodes(final String key, final int stack) {
        return calls.containsKey(key) ? expand(key, stack) : new Expanded(-1, 1);
    }

    private Expanded expand(final String key, final int stack) {
        final Expanded before = known.get(key);
        if (before != null) {
            return before;
        }
        if (stack > MAX_DEPTH) {
            return ENDLESS;
        }
        known.put(key, ENDLESS);
        int depth = 0;
        long nodes = 0;
        for (final Map.Entry<String, Long> call : calls.get(key).entrySet()) {
            final Expanded callee = nodes(call.getKey(), stack + 1);
            depth = Math.max(depth, callee.depth() + 1);
            nodes = Sizes.plus(nodes, Sizes.times(call.getValue(), callee.nodes()));
        }
        final Expanded expanded = new Expanded(depth, nodes);
        known.put(key, expanded);
        return expanded;
    }
}
