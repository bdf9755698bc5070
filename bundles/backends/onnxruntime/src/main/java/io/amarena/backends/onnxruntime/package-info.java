/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** ONNX Runtime as a backend: models in ONNX format on the processor. */
package io.amarena.backends.onnxruntime;
