/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.management.control;

import io.amarena.api.frame.FrameId;
import io.amarena.api.model.ModelId;
import io.amarena.api.result.Failure;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Result;
import io.amarena.api.result.Timings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A result with the attributes of its frame. */
record AnsweredFrame(String pipeline, Map<String, String> attributes, Optional<Outcome> outcome)
        implements Result {

    static AnsweredFrame of(final String pipeline, final String truth, final Outcome outcome) {
        return new AnsweredFrame(pipeline, Map.of(Accuracy.TRUTH, truth), Optional.ofNullable(outcome));
    }

    @Override
    public String messageId() {
        return "id";
    }

    @Override
    public FrameId frame() {
        return new FrameId(1, "line-1", 0);
    }

    @Override
    public Instant capturedAt() {
        return Instant.EPOCH;
    }

    @Override
    public int frameWidth() {
        return 0;
    }

    @Override
    public int frameHeight() {
        return 0;
    }

    @Override
    public Optional<ModelId> model() {
        return Optional.empty();
    }

    @Override
    public String device() {
        return "";
    }

    @Override
    public Timings timings() {
        return Timings.NONE;
    }

    @Override
    public Optional<Failure> failure() {
        return outcome.isPresent() ? Optional.empty() : Optional.of(new Failure("decode", "not a picture"));
    }
}
