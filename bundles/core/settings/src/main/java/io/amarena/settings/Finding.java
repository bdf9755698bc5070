/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.settings;

import io.amarena.api.settings.SettingsProblem;
import java.util.Objects;

/**
 * One thing that is wrong with settings, before it is known which file they came from.
 *
 * @param key     the setting; empty where the settings as a whole are wrong
 * @param message a sentence without its end, naming the value and the remedy
 */
record Finding(String key, String message) {

    Finding {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(message, "message");
    }

    static Finding whole(final String message) {
        return new Finding("", message);
    }

    SettingsProblem at(final Pid pid, final String place, final String consequence) {
        return new SettingsProblem(pid.toString(), key, place + ": " + message + "; " + consequence);
    }
}
