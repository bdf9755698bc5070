/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.amarena.api.backend.BackendException;
import io.amarena.api.model.ModelId;

/**
 * A model that ONNX Runtime has loaded, with everything that its slots share. Thread-safe, except that nothing may run
 * while it is closed: that ends the process.
 *
 * @param quiet     options of all runs: they log nothing, since a failure is told by its exception and a model could
 *                  fill the disk with a line for each frame
 * @param heapLimit bytes of Java heap that one copied output may take
 */
record OpenModel(ModelId id, OrtEnvironment environment, OrtSession session, OrtSession.RunOptions quiet,
        Signature signature, Pinning pinning, long heapLimit) {

    /** Takes over the session, and closes it when the model cannot be used. */
    static OpenModel of(final ModelId id, final OrtEnvironment environment, final OrtSession session)
            throws BackendException, OrtException {
        OrtSession.RunOptions quiet = null;
        try {
            final Signature signature = Signature.of(id, session);
            quiet = new OrtSession.RunOptions();
            quiet.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return new OpenModel(id, environment, session, quiet, signature,
                    new Pinning(id.toString(), signature.outputs()), Runtime.getRuntime().maxMemory() / 4);
        } catch (final BackendException | OrtException | RuntimeException unusable) {
            if (quiet != null) {
                quiet.close();
            }
            session.close();
            throw unusable;
        }
    }

    void close() throws OrtException {
        quiet.close();
        session.close();
    }
}
