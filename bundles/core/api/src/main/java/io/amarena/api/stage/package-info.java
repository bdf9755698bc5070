/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Preprocessors, postprocessors and image decoders, made by factories that models name. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.amarena.api.stage;
