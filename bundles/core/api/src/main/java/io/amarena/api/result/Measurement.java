/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.result;

import java.util.Objects;

/**
 * One measured value. Contract {@code measurement/1}.
 *
 * @param name  what is measured, such as {@code gap}
 * @param value in the unit
 * @param unit  such as {@code mm}; empty where there is none
 */
public record Measurement(String name, double value, String unit) implements Outcome {

    /** The contract. */
    public static final String CONTRACT = "measurement/1";

    public Measurement {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(unit, "unit");
    }

    @Override
    public String contract() {
        return CONTRACT;
    }
}
