/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** The contract kit for hardware backends: tests to extend, and the small models that they run. */
package io.amarena.itests.backendkit;
