/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Contract kit for stages: what outlives its bundle, as tests. */
package io.amarena.itests.stagekit;
