/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.backend;

import java.util.Objects;

/** A backend could not load or run a model. The message names the model or tensor, the cause and the remedy. */
public class BackendException extends Exception {

    /** What went wrong, as far as the engine must tell cases apart. */
    public enum Code {
        /** The runtime does not accept the model: damaged, unknown operator, unsupported type. */
        MODEL_REFUSED,
        /** Layout and model do not fit: unknown input, wrong rank, wrong fixed dimension. */
        LAYOUT_MISMATCH,
        /** Not enough memory on the device. */
        OUT_OF_MEMORY,
        /** One run failed; others may work. */
        RUN_FAILED,
        /** The session can no longer be used: the device or the worker process went away. */
        SESSION_LOST
    }

    private static final long serialVersionUID = 1L;

    private final Code code;

    public BackendException(final Code code, final String message, final Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    public BackendException(final Code code, final String message) {
        this(code, message, null);
    }

    public Code code() {
        return code;
    }
}
