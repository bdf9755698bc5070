/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Reads what an ONNX file says about itself without loading the model, and judges whether a runtime should see it.
 */
package io.amarena.lib.onnx;
