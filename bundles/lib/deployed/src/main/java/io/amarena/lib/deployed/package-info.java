/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What a gateway remembers of the bundles that came through a door: their jars, and which of them belong where. The
 * bundle {@code io.amarena.deploy} writes it while a gateway runs, the launcher reads and tidies it before the
 * framework starts; the lock of the data folder keeps them apart.
 */
package io.amarena.lib.deployed;
