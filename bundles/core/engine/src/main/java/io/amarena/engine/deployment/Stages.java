/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.engine.deployment;

import io.amarena.api.stage.ImageDecoder;
import io.amarena.api.stage.Postprocessor;
import io.amarena.api.stage.Preprocessor;
import java.util.List;

/** The stage instances of one deployment, and the decoders for the pictures that it gets. */
record Stages(Preprocessor preprocessor, Postprocessor postprocessor, List<ImageDecoder> decoders) {
}
