/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.pipeline;

import io.amarena.api.frame.Frame;
import io.amarena.api.frame.FrameId;
import io.amarena.api.model.ModelId;
import io.amarena.api.result.Failure;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Result;
import io.amarena.api.result.Timings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A result as the engine makes it: it keeps what outlives the memory of the frame.
 */
record MadeResult(String pipeline, FrameId frame, Instant capturedAt, Map<String, String> attributes, int frameWidth,
        int frameHeight, Optional<ModelId> model, String device, Timings timings, Optional<Outcome> outcome,
        Optional<Failure> failure) implements Result {

    static MadeResult of(final String pipeline, final Frame frame, final Verdict verdict) {
        return new MadeResult(pipeline, frame.id(), frame.capturedAt(), frame.attributes(), verdict.frameWidth(),
                verdict.frameHeight(), Optional.ofNullable(verdict.model()), verdict.device(), verdict.timings(),
                Optional.ofNullable(verdict.outcome()), Optional.ofNullable(verdict.failure()));
    }

    @Override
    public String messageId() {
        return pipeline + '/' + frame;
    }
}
