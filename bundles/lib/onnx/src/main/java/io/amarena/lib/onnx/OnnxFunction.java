/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import java.util.Map;
import java.util.Objects;

/**
 * An operator that the file itself defines by others. Immutable.
 *
 * @param domain of the operator
 * @param name   of the operator
 * @param nodes  in its body
 * @param calls  {@link #key} of every operator in its body to the number of its nodes
 */
public record OnnxFunction(String domain, String name, long nodes, Map<String, Long> calls) {

    public OnnxFunction {
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(name, "name");
        calls = Map.copyOf(calls);
    }

    /** What the function is called by in {@link #calls}. */
    public String key() {
        return key(domain, name);
    }

    /** Domain and name of an operator as one text. */
    public static String key(final String domain, final String name) {
        return domain + '\n' + name;
    }
}
