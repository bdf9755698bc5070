/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import java.util.Map;
import java.util.Set;

/**
 * The constants of a model: initializers and tensors in attributes. Immutable.
 *
 * @param tensors       how many there are
 * @param bytes         what they need in memory by their declared shapes; {@link Long#MAX_VALUE} when too large to say
 * @param byType        the same for each type of elements
 * @param storedBytes   what of it the file itself holds
 * @param externalFiles where the rest lies, as the file says it; an empty path where it says nothing
 * @param overridable   initializers that are listed as graph inputs as well, which keeps runtimes from folding them
 */
public record OnnxWeights(long tensors, long bytes, Map<OnnxType, Long> byType, long storedBytes,
        Set<String> externalFiles, long overridable) {
}
