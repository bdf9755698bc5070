/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import io.amarena.api.backend.BackendException;
import io.amarena.api.backend.BackendException.Code;
import io.amarena.api.model.ModelId;

/** Says in the gateway's words what ONNX Runtime could not do. */
final class Failures {

    /** Messages of ONNX Runtime can hold whole shapes and paths of its build; a model can make them longer still. */
    private static final int LONGEST_MESSAGE = 600;

    private Failures() {
    }

    /** A model could not be opened. */
    static BackendException whenOpening(final ModelId model, final String file, final OrtException cause) {
        if (isOutOfMemory(cause)) {
            return new BackendException(Code.OUT_OF_MEMORY, "There is not enough memory to load model " + model + ": "
                    + told(cause) + ". Give the gateway more memory, or use a smaller model", cause);
        }
        return new BackendException(Code.MODEL_REFUSED, "ONNX Runtime refuses " + file + " of model " + model + ": "
                + told(cause) + ". " + remedy(cause.getCode()), cause);
    }

    private static String remedy(final OrtErrorCode code) {
        return switch (code) {
            case ORT_INVALID_PROTOBUF, ORT_NO_MODEL ->
                "The file is damaged or no ONNX file: build the pack again from the exported model";
            case ORT_NOT_IMPLEMENTED ->
                "An operator has no implementation for the processor in this type: export the model with another "
                        + "operator set or precision";
            default -> "Check the file with onnx.checker, or export the model again";
        };
    }

    /** A run failed. */
    static BackendException whenRunning(final ModelId model, final OrtException cause) {
        if (isOutOfMemory(cause)) {
            return new BackendException(Code.OUT_OF_MEMORY, "There is not enough memory to run model " + model + ": "
                    + told(cause) + ". Give the gateway more memory, or use smaller batches or inputs", cause);
        }
        final Code code = cause.getCode() == OrtErrorCode.ORT_DEVICE_RESET ? Code.SESSION_LOST : Code.RUN_FAILED;
        return new BackendException(code, "A run of model " + model + " failed: " + told(cause)
                + ". Other frames may work; if none does, check that the input stage fits the model", cause);
    }

    static boolean isOutOfMemory(final OrtException cause) {
        final String message = String.valueOf(cause.getMessage());
        return message.contains("Failed to allocate memory") || message.contains("bad_alloc");
    }

    private static String told(final OrtException cause) {
        final String message = String.valueOf(cause.getMessage()).replaceFirst("^Error code - \\w+ - message: ", "")
                .strip().replaceAll("\\s+", " ");
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }
}
