/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.draw;

import io.amarena.api.frame.FrameId;
import io.amarena.api.model.ModelId;
import io.amarena.api.result.Failure;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Result;
import io.amarena.api.result.Timings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A result as the engine would make it, for pictures of a size. */
record DrawnResult(int frameWidth, int frameHeight, Optional<Outcome> outcome, Optional<Failure> failure)
        implements Result {

    static Result of(final int width, final int height, final Outcome outcome) {
        return new DrawnResult(width, height, Optional.of(outcome), Optional.empty());
    }

    static Result failed(final int width, final int height, final Failure failure) {
        return new DrawnResult(width, height, Optional.empty(), Optional.of(failure));
    }

    @Override
    public String messageId() {
        return "line-1-camera-1-0";
    }

    @Override
    public String pipeline() {
        return "line-1";
    }

    @Override
    public FrameId frame() {
        return new FrameId(1, "camera-1", 0);
    }

    @Override
    public Instant capturedAt() {
        return Instant.EPOCH;
    }

    @Override
    public Map<String, String> attributes() {
        return Map.of();
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
}
