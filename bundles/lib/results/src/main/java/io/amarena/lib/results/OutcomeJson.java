/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import io.amarena.api.result.Outcome;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;

/**
 * Outcomes as JSON: one object per outcome with its {@code contract}, as the JSON Schemas beside this class describe.
 *
 * <p>Scores are written with four decimals, boxes with one. What JSON cannot say (NaN, infinity) is written as
 * {@code null} and read as NaN. An outcome of an unknown type is written in the open form of
 * {@link io.amarena.api.result.Values Values} with its text; an unknown contract is read as {@code Values}.
 * Stateless and thread-safe.
 */
public final class OutcomeJson {

    private OutcomeJson() {
    }

    /**
     * Writes one JSON object where the generator expects a value.
     *
     * @throws IllegalArgumentException when open values nest deeper than {@value ValuesJson#MAX_DEPTH} levels
     */
    public static void write(final JsonGenerator generator, final Outcome outcome) {
        OutcomeWriter.write(generator, outcome);
    }

    /**
     * Reads one outcome; keys that its contract does not know are passed over. The index of a class may be missing
     * in detections and classifications, and is then −1.
     *
     * @throws IllegalArgumentException naming the key, what is expected there and what was found
     */
    public static Outcome read(final JsonObject json) {
        return OutcomeReader.read(json);
    }
}
