/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.settings;

import java.util.Objects;

/**
 * Why settings are refused.
 *
 * @param pid     the configuration
 * @param key     the setting; empty where the configuration as a whole is wrong
 * @param message what is wrong and what to do
 */
public record SettingsProblem(String pid, String key, String message) {

    public SettingsProblem {
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(message, "message");
    }
}
