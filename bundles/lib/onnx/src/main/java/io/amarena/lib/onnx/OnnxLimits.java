/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

/**
 * What a model may cost at most before a runtime gets to see it. Immutable.
 *
 * @param maxFileBytes   size of the file
 * @param maxNodes       operators, local functions expanded
 * @param maxDepth       graphs within graphs, 1 for a plain graph
 * @param maxMemoryBytes all constants together, and any single value, by their declared shapes
 * @param minOpset       lowest version of the standard operators
 * @param maxOpset       highest version of the standard operators
 */
public record OnnxLimits(long maxFileBytes, long maxNodes, int maxDepth, long maxMemoryBytes, int minOpset,
        int maxOpset) {

    /**
     * 2 GiB of file, as protocol buffers allow; 100,000 operators; 8 levels; 4 GiB of memory; operator versions from
     * 7, the oldest that ONNX Runtime supports, to 30, which leaves room for runtimes to come.
     */
    public static final OnnxLimits DEFAULT = new OnnxLimits(Integer.MAX_VALUE, 100_000, 8, 4L << 30, 7, 30);

    /** The same with other limits for what a site may want to change. */
    public OnnxLimits with(final long fileBytes, final long nodes, final long memoryBytes) {
        return new OnnxLimits(fileBytes, nodes, maxDepth, memoryBytes, minOpset, maxOpset);
    }
}
