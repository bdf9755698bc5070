/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The only reader and writer of the settings folder: reads one JSON file per PID, checks them as a whole, hands them
 * to Config Admin, and writes back what is changed elsewhere.
 *
 * <p>The decisions are pure: {@link io.amarena.settings.SettingsFile} reads a text,
 * {@link io.amarena.settings.Judgement} decides what may take effect, {@link io.amarena.settings.SettingsPlan} says
 * what follows. {@link io.amarena.settings.Reconciler} acts, on the one thread of
 * {@link io.amarena.settings.LiveSettings}.
 */
package io.amarena.settings;
