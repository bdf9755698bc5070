/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.publish;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that happened to a pipeline.
 *
 * @param kind     what
 * @param pipeline where
 * @param at       when
 * @param model    name and version of the model that serves, empty where none does
 * @param labels   the classes of that model, comma-separated, empty where it has none
 * @param message  for people
 */
public record PipelineEvent(Kind kind, String pipeline, Instant at, String model, String labels, String message) {

    /** Kinds of events. */
    public enum Kind {
        /** The pipeline begins to serve. */
        BORN,
        /** Its model or its settings changed. */
        CHANGED,
        /** It cannot serve at the moment. */
        BLOCKED,
        /** It was removed. */
        GONE
    }

    public PipelineEvent {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(message, "message");
    }
}
