/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Decodes pictures, and lays them into the inputs of models. */
package io.amarena.stages.image;
