/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** The hot-swap soak: a gateway under load, changed again and again through its own doors, and what came out of it. */
package io.amarena.soak;
