/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Starts a gateway: an OSGi framework with the bundles that the features list, on one data folder.
 *
 * <p>{@link io.amarena.launcher.Gateway} is the way in. What is installed, raised, kept or left alone is decided by
 * {@link io.amarena.launcher.InstallPlan} from three facts: what the features want, what the framework's cache holds,
 * and what an administrator changed.
 */
package io.amarena.launcher;
