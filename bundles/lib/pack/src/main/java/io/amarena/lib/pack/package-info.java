/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Makes model packs: proposes descriptors, gathers what belongs into a pack, and writes the jar. Knows no framework.
 */
package io.amarena.lib.pack;
