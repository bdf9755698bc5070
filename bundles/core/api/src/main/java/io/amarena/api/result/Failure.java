/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.result;

import java.util.Objects;

/**
 * Why a frame has no outcome.
 *
 * @param code    stable, for programs: {@code decode}, {@code preprocess}, {@code inference}, {@code postprocess},
 *                {@code no-model}, {@code stopped}
 * @param message for people: what was wrong, and what to do
 */
public record Failure(String code, String message) {

    public Failure {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }
}
