/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Validation of settings before they take effect. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.amarena.api.settings;
