/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.results;

import io.amarena.api.frame.FrameId;
import io.amarena.api.model.ModelId;
import io.amarena.api.result.Failure;
import io.amarena.api.result.Outcome;
import io.amarena.api.result.Result;
import io.amarena.api.result.Timings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A result as the engine would make it. */
record SampleResult(String messageId, String pipeline, FrameId frame, Instant capturedAt,
        Map<String, String> attributes, int frameWidth, int frameHeight, Optional<ModelId> model, String device,
        Timings timings, Optional<Outcome> outcome, Optional<Failure> failure) implements Result {

    static final FrameId FRAME = new FrameId(0x18c2f0a1b2cL, "camera-1", 41);
    static final Instant CAPTURED = Instant.parse("2026-03-04T05:06:07.089123Z");

    static SampleResult with(final Outcome outcome) {
        return new SampleResult("line-1/" + FRAME, "line-1", FRAME, CAPTURED, Map.of("file", "a \"b\" ü.jpg"), 1280,
                720, Optional.of(new ModelId("surface-inspection", "1.2.0", "ab12".repeat(16))), "onnxruntime/cpu",
                new Timings(1_234_567, 2_000_000, 999, 10_500_000, 40_100, 13_800_000, 2), Optional.of(outcome),
                Optional.empty());
    }

    static SampleResult failed(final Failure failure) {
        return new SampleResult("line-1/" + FRAME, "line-1", FRAME, CAPTURED, Map.of(), 0, 0, Optional.empty(), "",
                Timings.NONE, Optional.empty(), Optional.of(failure));
    }
}
