/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import java.util.Objects;

/**
 * Settings that took effect, with the kinds of checks that they have passed. What has passed a check once is not taken
 * away by it later; what nobody could check yet may be.
 *
 * @param values    the settings
 * @param described whether a bundle's description knew and accepted them
 * @param validated whether a validator knew and accepted them
 */
record InForce(SettingValues values, boolean described, boolean validated) {

    InForce {
        Objects.requireNonNull(values, "values");
    }
}
