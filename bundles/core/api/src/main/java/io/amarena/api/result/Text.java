/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.result;

import java.util.Objects;

/**
 * Read or written text. Contract {@code text/1}.
 *
 * @param text  what it says
 * @param score confidence, 0 to 1
 */
public record Text(String text, double score) implements Outcome {

    /** The contract. */
    public static final String CONTRACT = "text/1";

    public Text {
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String contract() {
        return CONTRACT;
    }
}
