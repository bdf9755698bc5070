/*
 * Copyright the Amarena authors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.amarena.api.settings;

import java.util.List;
import java.util.Map;

/**
 * Checks settings before they take effect, registered as a service by the bundle that uses them. Types, required
 * keys and unknown keys are already checked against the metatype description; this is for everything else.
 */
public interface SettingsValidator {

    /**
     * Service property: the PIDs or factory PIDs that the validator knows; {@code io.amarena.source.*} stands for all
     * that begin so. String or String[], required.
     */
    String PID = "amarena.settings.pid";

    /**
     * Checks all configurations of its PIDs as a whole.
     *
     * @param configurations PID ({@code factory~name} for factories) to settings, as they would take effect
     * @return the problems; empty when the settings may take effect
     */
    List<SettingsProblem> validate(Map<String, Map<String, Object>> configurations);
}
