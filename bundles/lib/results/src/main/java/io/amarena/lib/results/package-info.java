/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Results and outcomes as JSON, with the JSON Schemas that describe them. */
package io.amarena.lib.results;
