/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import java.io.IOException;
import java.util.Objects;

/** The bytes are not a usable ONNX file. The message says what is wrong with "the file" and what to do. */
public class OnnxFormatException extends IOException {

    /** What is wrong, for programs. */
    public enum Kind {
        /** Something else than an ONNX model. */
        NOT_ONNX,
        /** The end is missing. */
        TRUNCATED,
        /** The beginning is right, but a part in it contradicts itself. */
        DAMAGED,
        /** Graphs within graphs without a sensible end. */
        TOO_DEEP,
        /** More names or texts than a reader should keep. */
        TOO_LARGE
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    OnnxFormatException(final Kind kind, final String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public Kind kind() {
        return kind;
    }
}
