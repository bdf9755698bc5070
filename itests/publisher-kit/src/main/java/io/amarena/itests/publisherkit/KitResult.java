/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.itests.publisherkit;

import io.amarena.api.frame.FrameId;
import io.amarena.api.model.ModelId;
import io.amarena.api.result.Detections;
import io.amarena.api.result.Failure;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Result;
import io.amarena.api.result.Timings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A result that found nothing; the number tells it from others. */
record KitResult(FrameId frame) implements Result {

    static KitResult number(final long number) {
        return new KitResult(new FrameId(1, "kit", number));
    }

    @Override
    public String messageId() {
        return "line/" + frame;
    }

    @Override
    public String pipeline() {
        return "line";
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
    public int frameWidth() {
        return 10;
    }

    @Override
    public int frameHeight() {
        return 10;
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
    public Optional<Outcome> outcome() {
        return Optional.of(Detections.of(List.of()));
    }

    @Override
    public Optional<Failure> failure() {
        return Optional.empty();
    }
}
