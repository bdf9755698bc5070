/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.soak;

import java.util.OptionalLong;

/**
 * What the gateway's process holds.
 *
 * @param millis  since the soak began
 * @param resident memory, bytes
 * @param threads running
 * @param files   file descriptors open
 * @param natives native libraries mapped
 * @param loaders class loaders of bundles that are alive; empty where no JDK can count them
 */
record Vitals(long millis, long resident, int threads, int files, int natives, OptionalLong loaders) {
}
