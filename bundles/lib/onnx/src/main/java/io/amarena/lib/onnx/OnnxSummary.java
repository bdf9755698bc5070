/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.lib.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an ONNX file says about itself. Immutable and small, however large the model is.
 *
 * @param fileBytes      size of the file
 * @param irVersion      version of the file format
 * @param producer       name and version of the tool that wrote it; may be empty
 * @param opsets         operator domain to version; the domain of the standard operators is {@code ai.onnx}
 * @param inputs         graph inputs that are no initializers, in the order of the graph
 * @param outputs        in the order of the graph
 * @param metadata       properties that the exporter wrote, such as {@code task}, {@code names}, {@code imgsz}
 * @param operators      what the graph computes
 * @param weights        its constants
 * @param largest        the input, output or value in between that needs most memory by its declared shape
 * @param functions      operators that the file defines itself
 * @param training       whether it also says how to train the model
 * @param contradictions what the file says about a tensor that its data do not bear out; the first few
 */
public record OnnxSummary(long fileBytes, long irVersion, String producer, Map<String, Long> opsets,
        List<OnnxValue> inputs, List<OnnxValue> outputs, Map<String, String> metadata, OnnxOperators operators,
        OnnxWeights weights, Optional<OnnxValue> largest, List<OnnxFunction> functions, boolean training,
        List<String> contradictions) {
}
