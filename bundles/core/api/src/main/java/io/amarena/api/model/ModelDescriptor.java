/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.model;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** What {@code model.json} says, parsed and valid. Immutable. */
@ProviderType
public interface ModelDescriptor {

    String name();

    /** In the form {@code major.minor.micro[.qualifier]}. */
    String version();

    /** The versioned meaning of the model's answer, such as {@code detection/1}. */
    String contract();

    /** The model file within the pack, such as {@code model.onnx}. */
    String file();

    /** {@code fp32}, {@code fp16}, {@code int8}, {@code int4} or {@code mixed}. */
    String precision();

    /** The preprocessor and its settings. */
    StageSettings input();

    /** The postprocessor and its settings. */
    StageSettings output();

    /** Input sizes as {@code [width, height]} in the order of preference; empty for inputs that are no pictures. */
    List<Size> sizes();

    /** The largest batch that makes sense, at least 1. */
    int maxBatch();

    /** Settings for the backend's session; empty when there are none. */
    Map<String, String> session();

    /** The samples that a deployment must reproduce before it serves. */
    List<GoldenSample> golden();
}
