/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** What the stage bundles have in common; embedded in each of them, so that none imports another. */
package io.amarena.lib.stage;
