/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Pictures with what a model said drawn onto them, on machines without fonts and display. */
package io.amarena.lib.draw;
