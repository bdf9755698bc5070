/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An open outcome for what a vendor's stage brings: names with values of the types {@code String}, {@code Double},
 * {@code Long}, {@code Boolean}, or lists and maps of these.
 *
 * @param contract such as {@code acme-torque/1}
 * @param values   unmodifiable
 */
public record Values(String contract, Map<String, Object> values) implements Outcome {

    public Values {
        Objects.requireNonNull(contract, "contract");
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
