/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.backends.onnxruntime;

import io.amarena.api.backend.Backend;
import io.amarena.itests.backendkit.BackendContract;

/** ONNX Runtime on the processor keeps the contract of backends. */
class OnnxRuntimeContractTest extends BackendContract {

    private static final Backend BACKEND = TestBackends.withDefaults();

    @Override
    protected Backend backend() {
        return BACKEND;
    }
}
