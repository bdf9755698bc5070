/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.manage;

import java.util.List;
import java.util.Objects;

/**
 * One pipeline.
 *
 * @param name       of the pipeline
 * @param source     its source
 * @param sourceHere whether the source's service is there
 * @param model      name of the model that is asked for
 * @param serving    version of the model that serves, empty where none does
 * @param device     backend and device, empty where none serves
 * @param state      what it does
 * @param reason     why it does not serve; empty when it does
 * @param publishers names
 * @param overload   policy in force: {@code newest-wins} or {@code push-back}
 * @param account    of frames
 * @param rate       results per second over the last ten seconds
 * @param latency    from acceptance to outcome
 */
public record PipelineView(String name, String source, boolean sourceHere, String model, String serving,
        String device, State state, String reason, List<String> publishers, String overload, FrameAccount account,
        double rate, LatencyView latency) {

    /** What a pipeline does. */
    public enum State {
        /** Its first deployment is being prepared. */
        PREPARING,
        /** Frames are answered. */
        SERVING,
        /** Nothing can serve; the reason says why. Frames wait under the overload policy. */
        BLOCKED
    }

    public PipelineView {
        Objects.requireNonNull(name, "name");
        publishers = List.copyOf(publishers);
    }
}
